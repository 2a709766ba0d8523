"""Whose hours are others than the office's, and who is away when."""

from __future__ import annotations

from datetime import datetime, timedelta

from recruiting.accounts.absences import change_calendar, enter_absence
from recruiting.accounts.models import office_hours
from recruiting.core.days import day_of, plus_days
from recruiting.home.sample.world import Life, World

# who, days before today they leave, days they are away, who stands in
AWAY: list[tuple[str, int, int, str]] = [
    ("manager", 205, 12, "manager2"),
    ("manager2", 118, 14, "manager"),
    ("recruiter2", 66, 7, "recruiter"),
    ("recruiter", 150, 9, "recruiter2"),
    ("interviewer", 90, 5, ""),
    ("manager3", 2, 11, "manager2"),  # today
    ("sourcer", -12, 8, "recruiter"),  # soon
]
NOTICE = timedelta(days=12)  # how long before they enter it


def keep_hours(world: World) -> None:
    """One colleague works abroad, and keeps the public holidays of where she is; another one begins late."""
    eva, claire = world.users["manager2"], world.users["interviewer2"]
    change_calendar(user=eva, hours=office_hours(), country="SE", subdivision="", by=eva, at=world.now)
    late = {str(weekday): [["10:00", "13:00"], ["14:00", "19:00"]] for weekday in range(5)}
    change_calendar(user=claire, hours=late, country="JP", subdivision="", by=claire, at=world.now)


def go_away(world: World) -> None:
    for who, before, days, deputy in AWAY:
        leaves = world.end - timedelta(days=before)
        world.begin(min(leaves, world.end) - NOTICE, _absence(world, who, leaves, days, deputy))


def _absence(world: World, who: str, leaves: datetime, days: int, deputy: str) -> Life:
    user, from_on = world.users[who], day_of(leaves)
    enter_absence(
        user=user,
        from_on=from_on,
        back_on=plus_days(from_on, days),
        deputy=world.users.get(deputy),
        by=user,
        at=world.now,
    )
    world.calendars_changed()
    yield timedelta(0)
