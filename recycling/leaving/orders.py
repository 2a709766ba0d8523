"""What somebody asks for when they let a person go: the order, and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import ContactPoint
from recruiting.core.refused import Refused
from recruiting.skills.models import Skill
from recycling.models import ExitReason
from recycling.models.exits import ReasonClass, Side, Told
from recycling.reasons import BY_KEY, Need, due_on, needs_of

MOST_FURTHER = 2


@dataclass(frozen=True)
class Failed:
    """A requirement that was not met, and the level that was asked for."""

    skill: Skill | None
    level: int | None = None
    term: str = ""


@dataclass(frozen=True)
class Shown:
    """What they did show all the same: it becomes confirmed evidence."""

    skill: Skill
    level: int | None = None


@dataclass(frozen=True)
class Basis:
    """A basis for future roles recorded with the exit: BasisKind and until when."""

    kind: str
    until: date | None


@dataclass(frozen=True)
class ExitOrder:
    """One exit as decided: the decisive reason, up to two more, and only what these reasons need.

    `side` may stay empty where the reason belongs to one side. `keeper`, `contact_point` and `channel` say how we
    stay in touch; left empty, the owner keeps the contact by the preferred way. `caused_by` is set by verbs that
    end lives without asking (job_closed, import, other_hire, move): those may lack terms, and a person looks then.
    """

    reason: ExitReason
    side: str = ""
    further: Sequence[ExitReason] = ()
    due_on: date | None = None
    failed: Sequence[Failed] = ()
    shown: Sequence[Shown] = ()
    refused_by: Sequence[User] = ()
    pay_floor: Decimal | None = None
    pay_currency: str = "JPY"
    pay_period: str = "year"
    pay_said_on: date | None = None
    years_missing: Decimal | None = None
    is_runner_up: bool | None = None
    told: str = Told.NOT_YET
    told_on: date | None = None
    told_what: str = ""
    evidence: str = ""
    note: str = ""
    contact_point: ContactPoint | None = None
    channel: str = ""
    keeper: User | None = None
    basis: Basis | None = None
    caused_by: str = ""
    reasons: tuple[ExitReason, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reasons", (self.reason, *self.further))

    @property
    def decided_side(self) -> str:
        """Who decided: as ordered, else the reason's own side; either side without a word means we did."""
        if self.side:
            return self.side
        return self.reason.side if self.reason.side != Side.EITHER else Side.WE

    @property
    def needs(self) -> set[Need]:
        return {need for reason in self.reasons for need in needs_of(reason.key)}

    def due_on_for(self, reason: ExitReason, exited_on: date) -> date | None:
        """The day of a reason: the one named where it asks for one, else so many months after the exit."""
        row = BY_KEY.get(reason.key)
        asks = row is not None and Need.DATE in row.needs
        return due_on(exited_on=exited_on, named=self.due_on if asks else None, months=row.due_months if row else None)

    def kind_for(self, reason: ExitReason) -> str:
        """The kind of condition a reason makes; where its terms are missing a person has to look."""
        row = BY_KEY.get(reason.key)
        lacks = {
            "date": self.due_on is None and (row is None or row.due_months is None),
            "skill": not self.failed,
            "decider": not self.refused_by,
        }
        return "review" if lacks.get(reason.kind) else reason.kind


def check(order: ExitOrder) -> None:
    """Refuse an order that is not whole; what a verb or an import caused may lack the terms, never the reason."""
    _check_reasons(order)
    if order.told == Told.TOLD and order.told_on is None:
        raise Refused(_("Say on which day they were told."), "told_on")
    if order.caused_by:
        return
    for reason in order.reasons:
        row = BY_KEY.get(reason.key)
        if row is not None and not row.is_by_hand:
            raise Refused(_("“%(reason)s” is not given by hand.") % {"reason": reason}, "reason")
        if not reason.is_active:
            raise Refused(_("“%(reason)s” is no longer in use.") % {"reason": reason}, "reason")
        if reason.kind != "review" and order.kind_for(reason) == "review":
            raise Refused(_MISSING[reason.kind]() % {"reason": reason}, reason.kind)
    if Need.PAY in order.needs and order.pay_floor is None:
        raise Refused(_("Say the pay they need at least."), "pay_floor")


_MISSING = {
    "date": lambda: _("“%(reason)s” needs a date."),
    "skill": lambda: _("Say which requirement was not met."),
    "decider": lambda: _("Say who refused."),
}


def _check_reasons(order: ExitOrder) -> None:
    reason = order.reason
    if reason.side not in (order.decided_side, Side.EITHER):
        raise Refused(_("“%(reason)s” belongs to the other side.") % {"reason": reason}, "side")
    keys = {each.key for each in order.reasons}
    if len(order.further) > MOST_FURTHER or len(keys) != len(order.reasons):
        raise Refused(_("Name up to two more reasons, each once."), "further")
    rests = {ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE}
    if order.further and not all(each.klass in rests for each in order.reasons):
        raise Refused(_("This reason stands alone: it keeps nobody resting."), "further")
