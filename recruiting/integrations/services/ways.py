"""The ways through jobs that rows tell of: which job, which reason, and whether they are here already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha1

from funnel.models import Application
from funnel.services.histories import History
from recruiting.accounts.models import User
from recruiting.candidates.normal import fold
from recruiting.candidates.services.bulk import Person
from recruiting.core.days import start_of
from recruiting.integrations.models import Import, ReasonMapping, Result
from recruiting.integrations.reading.arrivals import Arrival, Past
from recruiting.integrations.reading.rows import LONGEST_ID
from recruiting.integrations.services.planning import Planned
from recruiting.jobs.models import Job, JobState, Step
from recruiting.jobs.services import import_job
from recycling.leaving.bulk import PastExit
from recycling.models import ExitReason
from recycling.models.exits import ReasonClass, Side, Told

NO_REASON, WITHDREW = "legacy.not_recorded", "interest.withdrew"


@dataclass(slots=True)
class Place:
    """A job as a history needs it: its key, where it stands on the scales, the first step of each stage."""

    job: int
    family: int | None = None
    rank: int | None = None
    steps: dict[str, tuple[int, bool]] = field(default_factory=dict)  # stage → (step, whether it is a final one)


@dataclass(slots=True)
class Way:
    """A history to write, with whose it is and why it ended (None: hired)."""

    person: Person
    history: History
    exit: PastExit | None


class Ways:
    """Finds or makes the jobs and finds the reasons of one import; what it found is kept from batch to batch."""

    def __init__(self, table: Import, by: User | None, *, is_dry: bool) -> None:
        self.table, self.by, self.is_dry = table, by, is_dry
        self.places: dict[str, Place] = {}
        every = list(ExitReason.objects.select_related("pool"))
        self.by_key = {reason.key: reason for reason in every}
        ours = {fold(name): reason for reason in every for name in (reason.key, reason.label_en, reason.label_ja)}
        mapped = ReasonMapping.objects.values_list("normal", "reason")
        by_pk = {reason.pk: reason for reason in every}
        self.reasons = ours | {normal: by_pk[pk] for normal, pk in mapped}
        self.unknown: dict[str, None] = {}  # reasons that nobody mapped

    def number(self, arrivals: Sequence[Arrival]) -> None:
        """Give each way what tells it from another, before anything is looked up."""
        for arrival in arrivals:
            if arrival.past is not None:
                arrival.way = self._number(arrival, arrival.past)

    def plan(self, planned: Sequence[Planned], earlier: Collection[str], at: datetime) -> list[Way]:
        """The ways that are not here yet. Unknown jobs are made, closed; a dry run only says so."""
        told = [one for one in planned if one.arrival.past is not None and one.result != Result.REFUSED]
        if not told:
            return []
        numbers = [one.arrival.way for one in told]
        stored = Application.objects.filter(external_source=self.table.system, external_id__in=numbers)
        stored = stored.exclude(external_id="")  # an_imported_application_comes_once
        there = {*stored.values_list("external_id", flat=True), *earlier}
        self._find_places(told, at)
        ways = []
        for one in told:
            number, past = one.arrival.way, one.arrival.past
            assert past is not None
            if number in there:
                one.arrival.say("application_there", job=self._title(past))
                continue
            there.add(number)
            way = self._way(one, past, number)
            one.counts += ["applications", "hired" if past.is_hired else "left"]
            if one.result == Result.KNOWN:
                one.result = Result.ADDED
            if way is not None:
                ways.append(way)
        return ways

    def _number(self, arrival: Arrival, past: Past) -> str:
        """The application's number there, else what tells one way from another: person, job, day."""
        if past.application_id:
            return past.application_id
        number = f"{arrival.external_id}/{fold(self._title(past))}/{past.came_on or ''}"
        if len(number) > LONGEST_ID:
            number = f"way:{sha1(number.encode(), usedforsecurity=False).hexdigest()}"
        return number

    def _title(self, past: Past) -> str:
        return past.job or self.table.system

    def _find_places(self, told: Sequence[Planned], at: datetime) -> None:
        """Jobs by their title, whatever its case and width: the newest of that name; the missing ones are made."""
        titles = {fold(title): title for one in told if one.arrival.past and (title := self._title(one.arrival.past))}
        missing = titles.keys() - self.places.keys()
        if not missing:
            return
        if not self.places:
            self._load_places()
        for folded in sorted(missing - self.places.keys()):
            self.places[folded] = Place(0)
            made_by = next(one for one in told if one.arrival.past and fold(self._title(one.arrival.past)) == folded)
            made_by.arrival.say("new_job", job=titles[folded])
            made_by.counts.append("new_jobs")
            if not self.is_dry:
                job = import_job(title=titles[folded], by=self.by, at=at)
                self.places[folded] = Place(job.pk, steps=_steps([job.pk]).get(job.pk, {}))

    def _load_places(self) -> None:
        jobs = Job.objects.exclude(state=JobState.DRAFT).order_by("pk")
        rows = list(jobs.values_list("pk", "title", "family", "level"))
        steps = _steps([pk for pk, *_others in rows])
        for pk, title, family, level in rows:
            self.places[fold(title)] = Place(pk, family, level, steps.get(pk, {}))

    def _way(self, one: Planned, past: Past, number: str) -> Way | None:
        reason = None if past.is_hired else self._reason(one.arrival, past, one.person)
        job = self._title(past)
        if reason is None:
            one.arrival.say("way_hired", job=job)
        else:
            one.arrival.say("way_left", job=job, stage=past.furthest, reason=reason.key)
        if one.person is None:
            return None
        place = self.places[fold(job)]
        step, is_final = place.steps.get(past.furthest, (None, False))
        history = History(
            candidate=one.person.key,
            job=place.job,
            stages=[(stage, _moment(day)) for stage, day in past.stages],
            is_hired=past.is_hired,
            is_dated=past.is_dated,
            entered_at=_moment(past.came_on or past.stages[0][1]),
            ended_at=_moment(past.ended_on),
            step=step,
            external_source=self.table.system,
            external_id=number,
            is_counted=reason is None or reason.klass != ReasonClass.ADMINISTRATIVE,
        )
        if reason is None:
            return Way(one.person, history, None)
        told, told_on = _told(past)
        side = reason.side if reason.side != Side.EITHER else Side.THEY if past.withdrew else Side.WE
        exit = PastExit(history, reason, side, is_final or past.furthest == "hire", told, told_on)
        exit.family, exit.rank = place.family, place.rank
        return Way(one.person, history, exit)

    def _reason(self, arrival: Arrival, past: Past, person: Person | None) -> ExitReason:
        """Mapped, or ours by its own name; "reason not recorded" where there is none or nobody knows it."""
        if not past.reason:
            return self.by_key[WITHDREW if past.withdrew else NO_REASON]
        found = self.reasons.get(fold(past.reason)[:200])
        if found is not None:
            return found
        self.unknown[past.reason] = None
        arrival.say("unknown_reason", value=past.reason)
        if person is not None:
            person.keep({arrival.headers.get("reason", "reason"): past.reason})
        return self.by_key[NO_REASON]


def _steps(jobs: Sequence[int]) -> dict[int, dict[str, tuple[int, bool]]]:
    """Job → stage → its first step."""
    found: dict[int, dict[str, tuple[int, bool]]] = {}
    for step in Step.objects.filter(job__in=jobs, is_retired=False).order_by("position", "pk"):
        found.setdefault(step.job_id, {}).setdefault(step.stage, (step.pk, step.is_final))
    return found


def _moment(day: date | None) -> datetime | None:
    return start_of(day) if day else None


def _told(past: Past) -> tuple[str, date | None]:
    """Old ends are nobody's duty any more unless a column says that they were not told."""
    told_on = past.told_on or (past.ended_on if past.told else None)
    if told_on is not None and past.told is not False:
        return Told.TOLD, told_on
    return (Told.NOT_YET if past.told is False else Told.NOTHING), None
