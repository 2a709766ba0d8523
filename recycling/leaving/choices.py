"""What the exit dialog offers: reasons by use, the gaps, who decides, the ways to stay in touch. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Q

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.accounts.roles import SEES_EVERYBODY
from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence
from recruiting.core.days import day_of, plus_months, start_of
from recruiting.jobs.models import Job, Requirement
from recruiting.skills.selectors import narrower_of
from recycling.models import Exit, ExitReason
from recycling.models.exits import Side
from recycling.reasons import BUILT_IN

OFFERED = 12
USED_MONTHS = 12
KEEP_SECONDS = 600
NOT_BY_HAND = [row.key for row in BUILT_IN if not row.is_by_hand]


@dataclass(frozen=True)
class Offered:
    """A reason as the dialog lists it; `key_cap` is the number that chooses it."""

    reason: ExitReason
    used: int
    key_cap: str = ""


@dataclass(frozen=True)
class Gap:
    """A must-have beside what the person has evidence for."""

    requirement: Requirement
    held: int | None
    is_met: bool
    is_known: bool


def reasons_by_hand() -> list[ExitReason]:
    """Every reason in use that a person may give."""
    return list(ExitReason.objects.filter(is_active=True).exclude(key__in=NOT_BY_HAND).select_related("pool"))


def reasons_of_side(
    side: str, stage: str, at: datetime, *, is_counted: bool = True
) -> tuple[list[Offered], list[Offered]]:
    """The twelve of a side, most used at this stage first, and the rest that one finds by typing.

    Without counting they stand in the lead's order: how often the house lets go for what is not everybody's to know.
    """
    used = uses_at(stage, at) if is_counted else {}
    mine = [reason for reason in reasons_by_hand() if reason.side in (side, Side.EITHER)]
    first = sorted((each for each in mine if each.is_offered), key=lambda each: -used.get(each.pk, 0))[:OFFERED]
    rest = [each for each in mine if each not in first]
    return (
        [Offered(each, used.get(each.pk, 0), str(place) if place < 10 else "") for place, each in enumerate(first, 1)],
        [Offered(each, used.get(each.pk, 0)) for each in rest],
    )


def uses_at(stage: str, at: datetime) -> dict[int, int]:
    """How often each reason ended an application at this stage in twelve months; asked anew every ten minutes."""
    since = plus_months(day_of(at), -USED_MONTHS)

    def count() -> dict[int, int]:
        exits = Exit.objects.filter(stage=stage, undone_at=None, exited_at__gte=start_of(since))
        return dict(exits.order_by().values_list("reason").annotate(used=Count("pk")))

    found: dict[int, int] = cache.get_or_set(f"exit-reasons:{stage}:{since}", count, KEEP_SECONDS) or {}
    return found


def gaps_of(job: Job, candidate: Candidate | None) -> list[Gap]:
    """The job's must-haves, those the person has no evidence for first."""
    asked = list(Requirement.objects.filter(job=job, is_must=True).select_related("skill"))
    skills = [each.skill_id for each in asked if each.skill_id]
    meets = narrower_of(skills)
    every = {narrow for below in meets.values() for narrow in below}
    rows = SkillEvidence.objects.filter(candidate=candidate, skill__in=every).exclude(state=EvidenceState.REFUTED)
    held = list(rows.values_list("skill", "level")) if candidate else []
    gaps = []
    for each in asked:
        levels = [level for skill, level in held if each.skill_id and skill in meets[each.skill_id]]
        best = max((level for level in levels if level is not None), default=None)
        is_met = bool(levels) and (each.level is None or (best is not None and best >= each.level))
        gaps.append(Gap(each, best, is_met, bool(levels)))
    return sorted(gaps, key=lambda gap: gap.is_met)


def possible_keepers(applications: Sequence[Application], user: User) -> list[User]:
    """Who may keep the contact: recruiting, and whoever owns these already."""
    owners = {application.owner_id for application in applications if application.owner_id}
    return list(
        User.objects.filter(Q(is_active=True, role__in=SEES_EVERYBODY) | Q(pk__in=owners | {user.pk})).order_by(
            "family_name", "given_name", "pk"
        )
    )


def jobs_in_reach(job: Job, reach: str) -> int:
    """How many other open jobs a reason of this reach looks at, beside the job itself."""
    if job.family_id is None or reach == "own":
        return 0
    others = Job.objects.open().filter(family=job.family_id).exclude(pk=job.pk)  # job_open_in_reach
    if job.level_id is not None:
        near = {"same": (0, 0), "higher": (1, 99), "lower": (-1, 0)}.get(reach, (-1, 1))
        others = others.filter(level__gte=job.level_id + near[0], level__lte=job.level_id + near[1])
    return others.count()
