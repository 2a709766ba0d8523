"""Days, sums, figures and names as they are written here, in English and in Japanese."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from recruiting.core import words

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 9, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "english", "japanese"),
    [
        (TODAY, "today", "今日"),
        (date(2026, 11, 26), "Thu 26", "11/26（木）"),
        (date(2026, 12, 7), "Mon 7", "12/7（月）"),
        (date(2026, 11, 16), "Mon 16", "11/16（月）"),
        (date(2026, 12, 8), "8 Dec", "12/8"),
        (date(2026, 5, 22), "22 May", "5/22"),
        (date(2027, 3, 20), "20 Mar 2027", "2027/3/20"),
        (date(2025, 3, 10), "10 Mar 2025", "2025/3/10"),
    ],
)
def test_a_day_is_a_weekday_within_a_fortnight_and_a_date_after_it(day, english, japanese):
    assert words.short_day(day, TODAY, "en") == english
    assert words.short_day(day, TODAY, "ja") == japanese


@pytest.mark.parametrize(
    ("language", "full", "long"),
    [
        ("en", "20 Nov 2026", "Friday 20 November"),
        ("ja", "2026/11/20", "11月20日（金）"),
    ],
)
def test_evidence_carries_the_whole_date_and_a_page_its_own_day(language, full, long):
    assert words.full_day(date(2026, 11, 20), language) == full
    assert words.long_day(date(2026, 11, 20), language) == long


@pytest.mark.parametrize(
    ("at", "english", "japanese"),
    [
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "today 17:00", "今日 17:00"),
        (datetime(2026, 11, 25, 11, 0, tzinfo=UTC), "Wed 25 11:00", "11/25（水）11:00"),
    ],
)
def test_an_appointment_has_its_hour(at, english, japanese):
    assert words.short_moment(at, TODAY, "en") == english
    assert words.short_moment(at, TODAY, "ja") == japanese


@pytest.mark.parametrize(
    ("passed", "english", "japanese"),
    [
        (timedelta(seconds=20), "just now", "たった今"),
        (timedelta(minutes=38), "38 min", "38分前"),
        (timedelta(minutes=60), "1 h", "1時間前"),
        (timedelta(hours=23, minutes=59), "23 h", "23時間前"),
        (timedelta(days=1), "Mon 23", "11/23（月）"),
        (timedelta(days=40), "15 Oct", "10/15"),
    ],
)
def test_time_is_relative_until_a_day_and_then_a_date(passed, english, japanese):
    assert words.ago(NOW - passed, NOW, "en") == english
    assert words.ago(NOW - passed, NOW, "ja") == japanese


@pytest.mark.parametrize(
    ("passed", "english", "japanese"),
    [
        (timedelta(seconds=-3), "0 seconds ago", "0秒前"),
        (timedelta(seconds=1), "1 second ago", "1秒前"),
        (timedelta(minutes=1, seconds=20), "1 minute ago", "1分前"),
        (timedelta(hours=23, minutes=59), "23 hours ago", "23時間前"),
        (timedelta(days=1), "on 23 Nov 2026", "2026/11/23"),
    ],
)
def test_who_was_first_was_so_a_while_ago_or_on_a_day(passed, english, japanese):
    assert words.since_then(NOW - passed, NOW, "en") == english
    assert words.since_then(NOW - passed, NOW, "ja") == japanese


@pytest.mark.parametrize(
    ("amount", "currency", "english", "japanese"),
    [
        (9_800_000, "JPY", "¥9.8M", "980万円"),
        (Decimal("12000000.00"), "JPY", "¥12.0M", "1,200万円"),
        (500_000, "JPY", "¥0.5M", "50万円"),
        (9_250_000, "JPY", "¥9.25M", "925万円"),
        (9_805_000, "JPY", "¥9.805M", "9,805,000円"),
        (5_000, "JPY", "¥5,000", "5,000円"),
        (0, "JPY", "¥0", "0円"),
        (9_234_567, "JPY", "¥9,234,567", "9,234,567円"),
        (Decimal("1450.50"), "JPY", "¥1,450.50", "1,450.50円"),
        (85_000, "EUR", "€85,000", "€85,000"),
        (Decimal("25.50"), "EUR", "€25.50", "€25.50"),
        (None, "JPY", "–", "–"),
    ],
)
def test_pay_is_written_as_people_say_it_and_never_rounded(amount, currency, english, japanese):
    assert words.money(amount, currency, "en") == english
    assert words.money(amount, currency, "ja") == japanese


@pytest.mark.parametrize(
    ("low", "high", "currency", "english", "japanese"),
    [
        (8_000_000, 11_500_000, "JPY", "¥8.0–11.5M", "800〜1,150万円"),
        (8_000_000, None, "JPY", "from ¥8.0M", "800万円〜"),
        (None, 11_500_000, "JPY", "to ¥11.5M", "〜1,150万円"),
        (9_000_000, 9_000_000, "JPY", "¥9.0M", "900万円"),
        (60_000, 85_000, "EUR", "€60,000–85,000", "€60,000〜€85,000"),
        (None, None, "JPY", "–", "–"),
    ],
)
def test_a_band_says_its_unit_once(low, high, currency, english, japanese):
    assert words.money_range(low, high, currency, "en") == english
    assert words.money_range(low, high, currency, "ja") == japanese


@pytest.mark.parametrize(("value", "written"), [(1284, "1,284"), (0, "0"), (3.4, "3.4"), (5.0, "5"), (None, "–")])
def test_no_data_is_a_dash_and_a_nought_is_a_nought(value, written):
    assert words.figure(value) == written


@pytest.mark.parametrize(("share", "written"), [(0.78, "78 %"), (Decimal("0.316"), "32 %"), (0.0, "0 %"), (None, "–")])
def test_a_share_over_nothing_is_a_dash_and_never_nought(share, written):
    assert words.percent(share) == written


def test_a_list_has_the_comma_of_its_language():
    assert words.listed(["Tokyo", "Osaka"], "en") == "Tokyo, Osaka"
    assert words.listed(["東京", "大阪"], "ja") == "東京、大阪"
    assert words.listed([], "ja") == ""


def test_days_have_their_unit():
    assert (words.days(6, "en"), words.days(6, "ja"), words.days(None, "ja")) == ("6 d", "6日", "–")


@pytest.mark.parametrize(
    ("family", "given", "lang", "letters"),
    [("田中", "翔太", "ja", "田"), ("O'Connor", "Liam", "en", "LO"), ("Dahl", "", "no", "D"), ("", "", "en", "")],
)
def test_an_avatar_is_a_kanji_or_two_letters(family, given, lang, letters):
    assert words.initials(family, given, lang) == letters


@pytest.mark.parametrize(
    ("at", "english", "japanese"),
    [
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "due today 17:00", "今日 17:00 まで"),
        (datetime(2026, 11, 24, 9, 50, tzinfo=UTC), "due today 09:50", "今日 09:50 まで"),
        (datetime(2026, 11, 25, 11, 0, tzinfo=UTC), "due tomorrow 11:00", "明日 11:00 まで"),
        (datetime(2026, 11, 26, 11, 0, tzinfo=UTC), "due Thu 26 11:00", "11/26（木）11:00 まで"),
        (datetime(2026, 12, 21, 10, 0, tzinfo=UTC), "due 21 Dec 10:00", "12/21 10:00 まで"),
        (datetime(2027, 1, 4, 10, 0, tzinfo=UTC), "due 4 Jan 2027 10:00", "2027/1/4 10:00 まで"),
    ],
)
def test_a_deadline_is_today_tomorrow_or_a_day(at, english, japanese):
    assert words.due(at, NOW, "en") == english
    assert words.due(at, NOW, "ja") == japanese


@pytest.mark.parametrize(
    ("passed", "english", "japanese"),
    [
        (timedelta(seconds=59), "due now", "期限になりました"),
        (timedelta(minutes=1), "1 min late", "1分超過"),
        (timedelta(minutes=59), "59 min late", "59分超過"),
        (timedelta(hours=3, minutes=50), "3 h late", "3時間超過"),
        (timedelta(hours=23, minutes=59), "23 h late", "23時間超過"),
        (timedelta(days=1), "1 day late", "1日超過"),
        (timedelta(days=2, hours=5), "2 days late", "2日超過"),
    ],
)
def test_what_is_late_says_how_late(passed, english, japanese):
    assert words.due(NOW - passed, NOW, "en") == english
    assert words.due(NOW - passed, NOW, "ja") == japanese


def test_tomorrow_is_the_readers_tomorrow():
    due_at = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    in_tokyo, in_berlin = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")

    assert words.due(due_at.astimezone(in_tokyo), NOW.astimezone(in_tokyo), "en") == "due tomorrow 01:00"
    assert words.due(due_at.astimezone(in_berlin), NOW.astimezone(in_berlin), "en") == "due today 17:00"


@pytest.mark.parametrize(
    ("minutes", "english", "japanese"),
    [
        (-5, "no time left", "残り時間なし"),
        (0, "no time left", "残り時間なし"),
        (20, "20 min left", "残り20分"),
        (59, "59 min left", "残り59分"),
        (60, "1 h left", "残り1時間"),
        (239, "3 h left", "残り3時間"),
        (480, "8 h left", "残り8時間"),
        (600, "10 h left", "残り10時間"),
        (959, "15 h left", "残り15時間"),
        (960, "2 d left", "残り2日"),
        (1_080, "2 d 2 h left", "残り2日2時間"),
    ],
)
def test_working_time_left_is_said_in_hours_and_from_two_on_in_days_of_eight_hours(minutes, english, japanese):
    assert words.working_left(minutes, "en") == english
    assert words.working_left(minutes, "ja") == japanese


@pytest.mark.parametrize(("minutes", "tone"), [(-1, ""), (0, "warn"), (60, "warn"), (61, "late")])
def test_a_clock_speaks_up_when_it_warns_and_louder_when_it_is_missed(minutes, tone):
    assert words.due_tone(NOW, NOW + timedelta(hours=1), NOW + timedelta(minutes=minutes)) == tone


def test_what_has_no_clock_has_no_tone():
    assert words.due_tone(None, None, NOW) == ""
    assert words.due_tone(None, NOW - timedelta(hours=1), NOW) == "late"
