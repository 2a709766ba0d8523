"""When an interview is, in its reader's words and time zone. Pure: language and zone come in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from recruiting.core import words

OUR_NAMES = {"Asia/Tokyo": "日本時間"}


def when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, language: str) -> str:
    """Tuesday 24 November 2026, 14:00–15:00 (Asia/Tokyo, UTC+9); 2026年11月24日（火）14:00〜15:00（日本時間）."""
    begins, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    if language.startswith("ja"):
        name = OUR_NAMES.get(zone.key) or f"{zone.key}、{offset(begins)}"
        day = f"{begins.year}年{words.long_day(begins.date(), 'ja')}"
        return f"{day}{begins:%H:%M}〜{ends:%H:%M}（{name}）"
    day = f"{words.long_day(begins.date(), 'en')} {begins.year}"
    return f"{day}, {begins:%H:%M}–{ends:%H:%M} ({zone.key}, {offset(begins)})"


def offset(at: datetime) -> str:
    """UTC+9, UTC+5:30, UTC−4, UTC."""
    minutes = int((at.utcoffset() or at - at).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """14:00–15:00, for a list that names the day already."""
    return f"{starts_at.astimezone(zone):%H:%M}–{ends_at.astimezone(zone):%H:%M}"
