"""The cycles of a person: what the river draws, and the same in words for the list beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Min, OuterRef, Q, Subquery
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from funnel.models import Application, Ended, Outcome, Visit
from funnel.stages import INDEX, ORDER
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core import words
from recruiting.core.days import day_of, plus_days
from recycling.models import Condition, Exit, PoolEntry, Rest
from recycling.reasons import re_entry_stage
from recycling.river import Could, River, Stay, Way, draw
from recycling.river import Rest as RestPart

PASSED = (Ended.ADVANCED, Ended.HIRED)
STANDING = (Rest.RESTING, Rest.SURFACED, Rest.APPROACHED)


@dataclass
class Cycle:
    """One way through one job, with its visits, its exit and the rest that followed."""

    application: Application
    visits: list[Visit] = field(default_factory=list)
    exit: Exit | None = None
    entry: PoolEntry | None = None
    is_elsewhere: bool = False  # of a job the reader may not see: only that there was one, and when

    def stays(self, at: datetime) -> list[Stay]:
        """Its visits in days; the one that goes on counts until now."""
        return [Stay(visit.stage, _days(visit, at)) for visit in self.visits]


def _days(visit: Visit, at: datetime) -> float | None:
    if visit.ended_as or visit.entered_at is None:
        return visit.days
    return (at - visit.entered_at).total_seconds() / 86_400


def cycles_of(person: Candidate, user: User, entries: Sequence[PoolEntry]) -> list[Cycle]:
    """Every application, newest first, in two queries; three for who sees only their own jobs."""
    cycles: dict[int, Cycle] = {}
    visits = Visit.objects.filter(application__candidate=person, is_voided=False).order_by("application", "pk")
    for visit in visits.select_related("application__job", "application__step", "application__owner"):
        cycle = cycles.setdefault(visit.application_id, Cycle(visit.application))
        cycle.visits.append(visit)
    if not user.sees_everybody:
        return _only_theirs(cycles, user)
    for exit in Exit.objects.filter(candidate=person, undone_at=None).select_related("reason"):
        if exit.application_id in cycles:
            cycles[exit.application_id].exit = exit
    for entry in entries:
        if entry.left_id in cycles:
            cycles[entry.left_id].entry = entry
    return _newest_first(cycles)


def _newest_first(cycles: dict[int, Cycle]) -> list[Cycle]:
    return sorted(cycles.values(), key=lambda each: (each.application.cycle, each.application.pk), reverse=True)


def _only_theirs(cycles: dict[int, Cycle], user: User) -> list[Cycle]:
    mine = Application.objects.visible_to(user).filter(pk__in=cycles).values_list("pk", flat=True)
    seen = set(mine)
    for exit in Exit.objects.filter(application__in=seen, undone_at=None).select_related("reason"):
        cycles[exit.application_id].exit = exit
    for key, cycle in cycles.items():
        cycle.is_elsewhere = key not in seen
    return _newest_first(cycles)


def entries_of(person: Candidate) -> list[PoolEntry]:
    """Their stays, oldest first, each with the next day one of its dates comes true."""
    due = Condition.objects.filter(entry=OuterRef("pk"), is_waiting=True, kind="date", resolved_at=None)
    next_due = due.order_by().values("entry").annotate(day=Min("due_on")).values("day")
    back_at = Condition.objects.filter(entry=OuterRef("pk"), is_decisive=True).values("re_entry")[:1]
    entries = PoolEntry.objects.filter(~Q(closed_why="exit_undone"), candidate=person).select_related("pool", "reason")
    columns = {"next_due": Subquery(next_due), "back_at": Subquery(back_at)}
    return list(entries.annotate(**columns).order_by("entered_at", "pk"))


def course_of(cycles: Sequence[Cycle], loose: Sequence[PoolEntry], *, at: datetime) -> River | None:
    """The drawing; None where there is nothing to draw. `loose` are stays that no exit began."""
    day = day_of(at)
    parts: list[tuple[tuple[int, int], Way | RestPart]] = []
    standing: PoolEntry | None = None
    drawn = _one_of_each(cycles)
    for place, cycle in enumerate(drawn):
        parts.append(((cycle.application.cycle, 0), _way(cycle, _beside(cycle, cycles), at)))
        following = drawn[place + 1] if place + 1 < len(drawn) else None
        if cycle.entry is not None:
            parts.append(((cycle.application.cycle, 1), _rest(cycle.entry, following, day)))
            standing = cycle.entry if following is None else None
    for entry in loose:
        before = sum((each.application.entered_at or entry.entered_at) < entry.entered_at for each in drawn)
        following = drawn[before] if before < len(drawn) else None
        parts.append(((drawn[before - 1].application.cycle if before else 0, 2), _rest(entry, following, day)))
        standing = entry if following is None else standing
    if not parts:
        return None
    course = [part for _key, part in sorted(parts, key=lambda pair: pair[0])]
    today = words.short_day(day, day, _language())
    return draw(course, today=words.full_day(day, _language()), today_word=today, could=_could(standing, drawn, day))


def _one_of_each(cycles: Sequence[Cycle]) -> list[Cycle]:
    """Of applications side by side in one cycle the one that came furthest, oldest cycle first."""
    best: dict[int, Cycle] = {}
    for cycle in cycles:
        held = best.get(cycle.application.cycle)
        if held is None or _reach(cycle) > _reach(held):
            best[cycle.application.cycle] = cycle
    return [best[number] for number in sorted(best)]


def _reach(cycle: Cycle) -> tuple[bool, int, int]:
    live = cycle.application.outcome in (Outcome.ACTIVE, Outcome.ON_HOLD, Outcome.HIRED)
    return (live, INDEX[cycle.application.furthest_stage], cycle.application.pk)


def _beside(cycle: Cycle, cycles: Sequence[Cycle]) -> int:
    return sum(each.application.cycle == cycle.application.cycle for each in cycles) - 1


def _way(cycle: Cycle, beside: int, at: datetime) -> Way:
    application, exit = cycle.application, cycle.exit
    job = application.job.title
    if beside:
        job = ngettext("%(job)s and %(n)d beside it", "%(job)s and %(n)d beside it", beside) % {"job": job, "n": beside}
    stays = cycle.stays(at)
    if all(stay.days is not None for stay in stays):
        days = round(sum(stay.days or 0 for stay in stays))
        job = f"{job} · {ngettext('%(n)d day', '%(n)d days', days) % {'n': days}}"
    outcome = {Outcome.EXITED: "left", Outcome.HIRED: "hired"}.get(Outcome(application.outcome), "open")
    who = ""
    if exit is not None:
        who = _("left at %(stage)s · %(side)s") % {"stage": exit.get_stage_display(), "side": exit.get_side_display()}
    return Way(
        heading=_("Cycle %(number)s") % {"number": application.cycle},
        job=job,
        stays=stays,
        outcome=outcome,
        started=_day(application.entered_at),
        ended=_day(application.ended_at),
        why=str(exit.reason) if exit else "",
        who=who,
        came_back=_("came back: %(why)s") % {"why": application.return_why} if application.return_why else "",
    )


def _rest(entry: PoolEntry, following: Cycle | None, day: date) -> RestPart:
    until = day
    if following is not None and following.application.entered_at is not None:
        until = day_of(following.application.entered_at)
    elif entry.state not in STANDING:
        until = day_of(entry.state_since)
    days = max(0, (until - day_of(entry.entered_at)).days)
    terms = {"n": days, "pool": entry.pool}
    said = ngettext("%(n)d day in %(pool)s", "%(n)d days in %(pool)s", days) % terms
    return RestPart(said, goes_on=following is None and entry.state in STANDING)


def _could(entry: PoolEntry | None, cycles: Sequence[Cycle], day: date) -> Could | None:
    """The day a date comes true, less its lead, on the lane of the stage they would come back at."""
    due = getattr(entry, "next_due", None)
    if entry is None or due is None or entry.state not in STANDING:
        return None
    on = plus_days(due, -settings.DATE_LEAD_DAYS)
    said = words.short_day(on, day, _language()) if on > day else _("now")
    return Could(stage=_stage_of_return(entry, cycles, max(on, day)), said=said, earliest=_("earliest"))


def _stage_of_return(entry: PoolEntry, cycles: Sequence[Cycle], day: date) -> str:
    """The rule of the engine (engine.stages.stage_of_return) over the visits that are read already."""
    back_at = str(getattr(entry, "back_at", "") or "")
    cycle = next((each for each in cycles if each.application.pk == entry.left_id), None)
    if cycle is None:
        return back_at if back_at in INDEX else str(ORDER[0])
    skipped = ORDER[: INDEX[cycle.application.first_stage]]
    passed = dict.fromkeys([stage.value for stage in skipped], day)
    passed |= {
        visit.stage: day_of(visit.left_at) for visit in cycle.visits if visit.ended_as in PASSED and visit.left_at
    }
    months = settings.EVALUATION_VALID_MONTHS
    left = cycle.application.stage
    return str(re_entry_stage(back_at, left=left, passed_on=passed, on=day, valid_months=months))


def _day(moment: datetime | None) -> str:
    return words.full_day(day_of(moment), _language()) if moment else ""


def _language() -> str:
    return get_language() or "en"
