"""What will happen, before it does: one sentence of one shape, and what lies in its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from funnel.models import Application, Ended
from funnel.stages import earliest
from recruiting.core import words
from recruiting.core.days import day_of, plus_months
from recruiting.jobs.stages import Stage
from recycling import reasons
from recycling.leaving.clauses import clause
from recycling.leaving.exits import is_final, terms_of
from recycling.leaving.filing import Term, review_day
from recycling.leaving.orders import ExitOrder
from recycling.models.exits import ReasonClass

Say = Callable[[str, Mapping[str, object]], str]


@dataclass(frozen=True)
class Consequence:
    """What an exit would mean. `whens` are machine-checked; what a person decides is in `looks` and `to_check`."""

    who: str
    klass: str
    pool: str = ""
    stage: str = ""
    left: str = ""
    whens: tuple[str, ...] = ()
    looks: str = ""
    to_check: tuple[str, ...] = ()
    review_on: date | None = None
    earliest_on: date | None = None
    use_until: date | None = None
    today: date | None = None

    @property
    def rests(self) -> bool:
        return self.klass in (ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE)

    @property
    def has_basis(self) -> bool:
        return self.use_until is not None and self.today is not None and self.use_until >= self.today

    @property
    def is_too_late(self) -> bool:
        """Whether it can only come true after their data may no longer be used."""
        return bool(self.has_basis and self.earliest_on and self.use_until and self.earliest_on > self.use_until)


def consequence(order: ExitOrder, application: Application, at: datetime) -> Consequence:
    """Foretell an exit from what is known today. Asks the person's passes once, and writes nothing."""
    candidate, today = copy(application.candidate), day_of(at)
    if order.basis is not None and order.basis.until:
        candidate.use_until = max(filter(None, [candidate.use_until, order.basis.until]))
    klass = order.reason.klass
    plain = Consequence(who=candidate.name, klass=klass, left=application.stage, today=today)
    if not plain.rests:
        return plain
    terms = terms_of(order, was_final=is_final(application), at=at)
    machine = [term for term in terms if term.kind != "review"]
    by_hand = [term for term in terms if term.kind == "review"]
    return replace(
        plain,
        pool=str(order.reason.pool),
        stage=_stage(terms, application, today),
        whens=tuple(clause(term, order) for term in machine),
        looks="" if machine else clause(by_hand[0], order),
        to_check=tuple(str(term.reason) for term in (by_hand if machine else by_hand[1:])),
        review_on=review_day(candidate, terms, entered_on=today, cooled_from=order.told_on),
        earliest_on=max(_earliest(term, order.told_on or today) for term in terms),
        use_until=candidate.use_until,
    )


def _stage(terms: Sequence[Term], application: Application, today: date) -> str:
    passes = application.visits.filter(ended_as=Ended.ADVANCED, is_voided=False, left_at__isnull=False)
    passed_on = {stage: day_of(left_at) for stage, left_at in passes.values_list("stage", "left_at") if left_at}
    return earliest(
        *(
            reasons.re_entry_stage(
                term.reason.re_entry,
                left=application.stage,
                passed_on=passed_on,
                on=today,
                valid_months=settings.EVALUATION_VALID_MONTHS,
            )
            for term in terms
        )
    )


def _earliest(term: Term, cooled_from: date) -> date:
    """The first day it can come true by the clock; news may come sooner."""
    if term.kind == "date" and term.due_on:
        return term.due_on - timedelta(days=settings.DATE_LEAD_DAYS)
    return plus_months(cooled_from, term.months)


def say(result: Consequence, *, language: str = "") -> list[str]:
    """The sentences, plainly."""
    return [text for text in _sentences(result, lambda text, terms: text.format(**terms), language) if text]


def say_marked(result: Consequence, *, language: str = "") -> list[SafeString]:
    """The sentences as a page shows them: who, when and which day are strong."""

    def marked(text: str, terms: Mapping[str, object]) -> str:
        return format_html(text, **{key: format_html("<b>{}</b>", value) for key, value in terms.items()})

    return [text for text in _sentences(result, marked, language) if isinstance(text, SafeString)]


def _sentences(result: Consequence, put: Say, language: str) -> list[str]:
    language = language or get_language() or "en"
    who: dict[str, object] = {"who": result.who}
    if result.klass == ReasonClass.NEVER:
        return [put(_("{who} is not proposed again, for any job, and rests nowhere."), who)]
    if result.klass == ReasonClass.ADMINISTRATIVE:
        return [put(_("{who} rests nowhere, and this counts in no number."), who)]
    if result.klass and result.review_on:
        return [put(*_rests(result, language)), *_limits(result, put, language)]
    return []


def _rests(result: Consequence, language: str) -> tuple[str, dict[str, object]]:
    terms: dict[str, object] = {
        "who": result.who,
        "pool": result.pool,
        "date": words.full_day(result.review_on, language) if result.review_on else "",
    }
    if not result.has_basis:
        text = _("{who} rests in {pool} and cannot be proposed: no basis for future roles.")
        return text, {"who": result.who, "pool": result.pool}
    if not result.whens:
        # Translators: {condition} is a clause: "somebody looks whether a job in reach covers ¥12.5M".
        return _("{who} rests in {pool}. On {date} somebody looks whether {condition}."), {
            **terms,
            "condition": result.looks,
        }
    # Translators: joins two conditions that must both come true.
    condition = _(" and ").join(result.whens)
    stage = str(Stage(result.stage).label).lower()
    text = _(
        "{who} rests in {pool} and is proposed again when {condition}, at {stage}. "
        "Otherwise somebody looks again on {date}."
    )
    return text, {**terms, "condition": condition, "stage": stage}


def _limits(result: Consequence, put: Say, language: str) -> list[str]:
    limits = []
    if result.to_check:
        limits.append(put(_("To be checked then: {reasons}."), {"reasons": words.listed(result.to_check, language)}))
    if result.is_too_late and result.use_until:
        last = {"date": words.full_day(result.use_until, language)}
        limits.append(put(_("That lies behind {date}: after it their data may no longer be used for this."), last))
    elif result.has_basis and result.use_until:
        limits.append(put(_("May be proposed until {date}."), {"date": words.full_day(result.use_until, language)}))
    return limits


def in_reach(count: int) -> str:
    """How many open jobs the person could be proposed for."""
    return ngettext("In reach today: %(count)s open job.", "In reach today: %(count)s open jobs.", count) % {
        "count": count
    }


def same_for(others: int) -> str:
    """Several leave at once: the sentence is the first one's."""
    return ngettext(
        "The same holds for %(count)s other, by their own dates.",
        "The same holds for %(count)s others, by their own dates.",
        others,
    ) % {"count": others}
