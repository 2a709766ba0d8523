"""The daily summary: once a day, at the reader's hour, on their working days, only when there is something to say.

It lists what came before that hour, is still unread, and comes by summary for this reader. A sweep that runs late,
twice or in two workers makes one: the database holds one Digest per person and day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max

from recruiting.accounts.calendars import Hours
from recruiting.accounts.hours import hours_of_all
from recruiting.accounts.models import User
from recruiting.notices.composing import mail_digest
from recruiting.notices.kinds import all_kinds
from recruiting.notices.models import Digest, Notice, Preference, Way

SETTLES = timedelta(minutes=1)  # what was being written when the hour struck is in
MOST = 200


def send_digests(*, at: datetime) -> int:
    """Every summary that is due and not made; returns how many were made now."""
    waiting = Notice.objects.unread().order_by().values("user").distinct()  # notices_unread
    users = list(User.objects.filter(is_active=True, pk__in=waiting))
    due = [user for user in users if _hour_of(user, at) + SETTLES <= at]
    made = _made_today(due, at)
    due = [user for user in due if user.pk not in made]
    if not due:
        return 0
    hours = hours_of_all(due, at)
    since = dict(Digest.objects.filter(user__in=due).values_list("user").annotate(last=Max("up_to")).order_by())
    kinds = _kinds_by_summary(due)
    return sum(_send(user, hours[user.pk], kinds[user.pk], since.get(user.pk, 0), at) for user in due)


def _hour_of(user: User, at: datetime) -> datetime:
    """Today's moment of the summary, where they are."""
    zone = ZoneInfo(user.time_zone)
    return datetime.combine(at.astimezone(zone).date(), time(user.digest_hour), tzinfo=zone)


def _made_today(users: list[User], at: datetime) -> set[int]:
    days = {user.pk: _hour_of(user, at).date() for user in users}
    made = Digest.objects.filter(user__in=users, day_on__in=set(days.values())).values_list("user", "day_on")
    return {user for user, day in made if days[user] == day}


def _kinds_by_summary(users: list[User]) -> Mapping[int, set[str]]:
    """Which kinds come to whom by summary: the kinds' own ways, changed by each one's choices."""
    by_itself = {kind.key for kind in all_kinds() if kind.default_mail == Way.DIGEST}
    found = {user.pk: set(by_itself) for user in users}
    for row in Preference.objects.filter(user__in=users):
        (found[row.user_id].add if row.mail == Way.DIGEST else found[row.user_id].discard)(row.kind)
    return found


def _send(user: User, hours: Hours, kinds: set[str], since: int, at: datetime) -> int:
    hour = _hour_of(user, at)
    if not hours.works_on(hour.date()):
        return 0
    rows = Notice.objects.of(user).unread().filter(pk__gt=since, kind__in=kinds).order_by("pk")[:MOST]
    # Told after the hour, or later than one that was: tomorrow's. So nothing falls between two summaries.
    told = list(takewhile(lambda notice: notice.at <= hour, rows))
    if not told:
        return 0
    try:
        with transaction.atomic():
            digest: dict[str, Any] = {"user": user, "day_on": hour.date(), "up_to": told[-1].pk, "made_at": at}
            mail_digest(digest=Digest.objects.create(**digest), notices=told, at=at)
    except IntegrityError:
        return 0  # another worker made it
    return 1
