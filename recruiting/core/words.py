"""How days, deadlines, sums, figures and names are written, in English and Japanese. Pure: now comes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.numbers import format_currency

MISSING = "–"
NEAR_DAYS = 13  # a weekday is unmistakable for a fortnight
WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "ja": ("月", "火", "水", "木", "金", "土", "日")}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FAMILY_FIRST = frozenset({"ja", "zh", "ko"})
HOURS_OF_A_DAY = 8  # a working day, whatever somebody's own hours are
MAN = 10_000  # 万: Japanese counts money in ten thousands

Amount = int | float | Decimal


def _language(language: str) -> str:
    return "ja" if language.startswith("ja") else "en"


def full_day(day: date, language: str) -> str:
    """20 Nov 2026; 2026/11/20."""
    if _language(language) == "ja":
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_day(day: date, language: str) -> str:
    """A page's own day: Tuesday 24 November; 11月24日（火）."""
    if _language(language) == "ja":
        return f"{day.month}月{day.day}日（{WEEKDAYS['ja'][day.weekday()]}）"
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date, today: date, language: str) -> str:
    """today, then Thu 26 within a fortnight, 20 Nov within the year, else with its year; 今日, 11/26（木）, 11/20."""
    language = _language(language)
    if day == today:
        return "今日" if language == "ja" else "today"
    if abs(day - today) <= timedelta(days=NEAR_DAYS):
        weekday = WEEKDAYS[language][day.weekday()]
        return f"{day.month}/{day.day}（{weekday}）" if language == "ja" else f"{weekday} {day.day}"
    if day.year == today.year:
        return f"{day.month}/{day.day}" if language == "ja" else f"{day.day} {MONTHS[day.month - 1]}"
    return full_day(day, language)


def short_moment(at: datetime, today: date, language: str) -> str:
    """The short day and its time: today 17:00, Wed 25 11:00; 11/25（水）11:00."""
    day = short_day(at.date(), today, language)
    return f"{day}{'' if day.endswith('）') else ' '}{at:%H:%M}"


def ago(at: datetime, now: datetime, language: str) -> str:
    """Relative until a day, then a date: 38 min, 2 h, Thu 26; 38分前, 2時間前, 11/26（木）."""
    passed = now - at
    if passed < timedelta(0) or passed >= timedelta(days=1):
        return short_day(at.date(), now.date(), language)
    minutes = int(passed.total_seconds() // 60)
    if _language(language) == "ja":
        return "たった今" if minutes < 1 else f"{minutes}分前" if minutes < 60 else f"{minutes // 60}時間前"
    return "just now" if minutes < 1 else f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"


def since_then(then: datetime, now: datetime, language: str) -> str:
    """In a sentence: 20 seconds ago, 1 hour ago, on 20 Nov 2026; 20秒前, 1時間前, 2026/11/20."""
    passed, is_japanese = max(0, int((now - then).total_seconds())), _language(language) == "ja"
    for unit, word, kanji in ((1, "second", "秒"), (60, "minute", "分"), (3600, "hour", "時間")):
        count = passed // unit
        if count < (24 if word == "hour" else 60):
            return f"{count}{kanji}前" if is_japanese else f"{count} {word}{'' if count == 1 else 's'} ago"
    return full_day(then.date(), language) if is_japanese else f"on {full_day(then.date(), language)}"


def due(at: datetime, now: datetime, language: str) -> str:
    """due today 17:00, due tomorrow 11:00, due Thu 26 11:00; 明日 11:00 まで. Past it 3 h late; 3時間超過.

    Both moments are on the reader's own clock.
    """
    is_japanese = _language(language) == "ja"
    if at < now:
        return _late(now - at, is_japanese)
    if at.date() == now.date() + timedelta(days=1):
        when = f"{'明日' if is_japanese else 'tomorrow'} {at:%H:%M}"
    else:
        when = short_moment(at, now.date(), language)
    return f"{when} まで" if is_japanese else f"due {when}"


def _late(passed: timedelta, is_japanese: bool) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "期限になりました" if is_japanese else "due now"
    if minutes < 60:
        return f"{minutes}分超過" if is_japanese else f"{minutes} min late"
    if passed < timedelta(days=1):
        return f"{minutes // 60}時間超過" if is_japanese else f"{minutes // 60} h late"
    if is_japanese:
        return f"{passed.days:,}日超過"
    return "1 day late" if passed.days == 1 else f"{passed.days:,} days late"


def working_left(minutes: int, language: str) -> str:
    """Working time left, rounded down: 20 min left, 10 h left, 2 d 1 h left; 残り3時間. Eight hours are a day.

    Below two days in hours: "1 d left" beside "due today" would contradict itself.
    """
    is_japanese = _language(language) == "ja"
    if minutes < 1:
        return "残り時間なし" if is_japanese else "no time left"
    days, hours = divmod(minutes // 60, HOURS_OF_A_DAY)
    if days == 1:
        days, hours = 0, hours + HOURS_OF_A_DAY
    units = ("日", "時間", "分") if is_japanese else (" d", " h", " min")
    counts = (days, hours, 0 if days or hours else minutes)
    said = ("" if is_japanese else " ").join(
        f"{count}{unit}" for count, unit in zip(counts, units, strict=True) if count
    )
    return f"残り{said}" if is_japanese else f"{said} left"


def due_tone(warn_at: datetime | None, miss_at: datetime | None, now: datetime) -> str:
    """How loudly a clock is shown: "" while there is time, "warn" from the one moment on, "late" after the other."""
    if miss_at is not None and now > miss_at:
        return "late"
    return "warn" if warn_at is not None and now >= warn_at else ""


def listed(parts: Iterable[object], language: str) -> str:
    """Tokyo, Osaka; 東京、大阪."""
    return ("、" if _language(language) == "ja" else ", ").join(map(str, parts))


def days(count: int | None, language: str) -> str:
    """6 d; 6日."""
    if count is None:
        return MISSING
    return f"{count:,}日" if _language(language) == "ja" else f"{count:,} d"


def _short(amount: Decimal) -> str:
    """At least one decimal, at most three, no idle zeros: 9.8, 12.0, 9.25."""
    text = f"{amount:,.3f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def money(amount: Amount | None, currency: str, language: str) -> str:
    """¥9.8M; 980万円; other currencies as the language writes them. Never rounded: ¥9,234,567, €25.50."""
    if amount is None:
        return MISSING
    exact = Decimal(str(amount))
    digits = "" if exact == exact.to_integral_value() else ".00"
    if currency != "JPY":
        return format_currency(exact, currency, f"¤#,##0{digits}", locale=_language(language), currency_digits=False)
    plain = f"{exact:,.2f}" if digits else f"{exact:,.0f}"
    if _language(language) == "ja":
        return f"{int(exact) // MAN:,}万円" if exact and exact % MAN == 0 else f"{plain}円"
    return f"¥{_short(exact / 1_000_000)}M" if abs(exact) >= 100_000 and exact % 1_000 == 0 else f"¥{plain}"


def money_range(low: Amount | None, high: Amount | None, currency: str, language: str) -> str:
    """¥8.0–11.5M; 800〜1,150万円; one end alone says from or to."""
    language = _language(language)
    if low is None and high is None:
        return MISSING
    if low is None or high is None:
        one = money(low if high is None else high, currency, language)
        if language == "ja":
            return f"{one}〜" if high is None else f"〜{one}"
        return f"from {one}" if high is None else f"to {one}"
    first, last = money(low, currency, language), money(high, currency, language)
    if first == last:
        return first
    for unit in ("万円", "M", "円"):
        if first.endswith(unit) and last.endswith(unit):
            first = first.removesuffix(unit)
            break
    return (
        f"{first}〜{last}"
        if language == "ja"
        else f"{first}–{last.removeprefix(first[0] if first[0] in '¥€$£' else '')}"
    )


def figure(value: Amount | None) -> str:
    """1,284; no data is a dash, never a nought."""
    if value is None:
        return MISSING
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


def percent(share: float | Decimal | None) -> str:
    """78 % of a share between 0 and 1; no data is a dash, never 0 %."""
    return MISSING if share is None else f"{round(Decimal(str(share)) * 100)} %"


def initials(family_name: str, given_name: str, name_lang: str) -> str:
    """The first character of a Japanese, Chinese or Korean family name, else two Latin initials."""
    if name_lang[:2] in FAMILY_FIRST:
        return family_name[:1] or given_name[:1]
    return (given_name[:1] + family_name[:1]).upper()
