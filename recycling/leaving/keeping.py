"""The recruiting lead keeps the list of reasons, from now on: exits keep what they were decided under."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recycling.leaving.choices import NOT_BY_HAND, OFFERED
from recycling.leaving.traces import WITHDRAWS_CONSENT
from recycling.models import ExitReason
from recycling.models.exits import ReasonClass, Side

EDITABLE = (
    "label_en",
    "label_ja",
    "help_en",
    "help_ja",
    "side",
    "klass",
    "pool",
    "cool_months",
    "cool_months_final",
    "re_entry",
    "is_offered",
    "is_active",
    "position",
)
RESTS = (ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE)


def is_fixed(reason: ExitReason) -> bool:
    """Whether a verb of ours rests on its class and side: they cannot be changed, its words can."""
    return reason.key in NOT_BY_HAND or reason.key == WITHDRAWS_CONSENT or reason.key.startswith("admin.")


@transaction.atomic
def edit_reason(
    *, reason: ExitReason, changes: dict[str, Any], by: User, at: datetime, seen_version: int | None = None
) -> ExitReason:
    """Change one reason from now on. Each change is a version of its own; whoever saw an older one is refused."""
    foreign = set(changes) - set(EDITABLE)
    if foreign:
        raise Refused(_("These are not changed here: %(names)s.") % {"names": ", ".join(sorted(foreign))})
    now = ExitReason.objects.select_related("pool").get(pk=reason.pk)
    if seen_version is not None and now.version != seen_version:
        raise Refused(_("Somebody changed “%(reason)s” meanwhile. Look at it again.") % {"reason": now}, "moved")
    new = {name: value for name, value in changes.items() if getattr(now, name) != value}
    if not new:
        return now
    if is_fixed(now) and {"side", "klass", "pool"} & set(new):
        raise Refused(_("The class and side of “%(reason)s” follow from what it does.") % {"reason": now})
    was = {name: str(getattr(now, name)) for name in new}
    for name, value in new.items():
        setattr(now, name, value)
    _check(now)
    now.version, now.changed_at = now.version + 1, at
    # The version is the lock: of two who edit at once the second changes nothing.
    columns = {name: getattr(now, name) for name in (*new, "pool", "version", "changed_at")}
    if not ExitReason.objects.filter(pk=now.pk, version=now.version - 1).update(**columns):
        raise Refused(_("Somebody changed “%(reason)s” meanwhile. Look at it again.") % {"reason": now}, "moved")
    data = {"version": now.version, "changed": {name: [was[name], str(getattr(now, name))] for name in new}}
    record("reason.changed", now, by=by, at=at, data=data)
    return now


@transaction.atomic
def add_reason(*, fields: dict[str, Any], by: User, at: datetime) -> ExitReason:
    """A reason of one's own. A person decides about it on its review date: no machine knows its condition."""
    last = ExitReason.objects.aggregate(last=Max("position"))["last"] or 0
    key = f"own.{slugify(fields['label_en'])[:24] or 'reason'}-{uuid.uuid4().hex[:6]}"
    reason = ExitReason(key=key, kind="review", position=last + 10, version=1, changed_at=at)
    for name in EDITABLE:
        if name in fields and name != "position":
            setattr(reason, name, fields[name])
    _check(reason)
    reason.save()
    record("reason.added", reason, by=by, at=at, data={"key": key})
    return reason


def _check(reason: ExitReason) -> None:
    if reason.klass in RESTS and reason.pool is None:
        raise Refused(_("Say in which pool they rest."), "pool")
    if reason.klass not in RESTS:
        reason.pool = None
    if not (reason.label_en.strip() and reason.label_ja.strip()):
        raise Refused(_("A reason has a name in both languages."), "label_en")
    if reason.is_offered and reason.is_active:
        for side in (Side.WE, Side.THEY):
            if reason.side in (side, Side.EITHER):
                _check_offered(reason, side)


def _check_offered(reason: ExitReason, side: str) -> None:
    others = ExitReason.objects.filter(is_offered=True, is_active=True, side__in=[side, Side.EITHER])
    if others.exclude(pk=reason.pk).exclude(key__in=NOT_BY_HAND).count() >= OFFERED:
        terms = {"side": Side(side).label, "count": OFFERED}
        raise Refused(_("“%(side)s” already offers %(count)s reasons: take another out first.") % terms, "is_offered")


@transaction.atomic
def swap_places(*, reason: ExitReason, up: bool, by: User, at: datetime) -> ExitReason:
    """One place up or down among the reasons of its side."""
    mine = ExitReason.objects.filter(side=reason.side)
    beside = (
        mine.filter(position__lt=reason.position).order_by("-position").first()
        if up
        else mine.filter(position__gt=reason.position).order_by("position").first()
    )
    if beside is None:
        return reason
    was, reason.position = reason.position, beside.position
    ExitReason.objects.filter(pk=beside.pk).update(position=was, version=F("version") + 1, changed_at=at)
    ExitReason.objects.filter(pk=reason.pk).update(position=reason.position, version=F("version") + 1, changed_at=at)
    record("reason.moved", reason, by=by, at=at, data={"past": beside.key, "up": up})
    return reason
