"""What speaks for each criterion by itself: the person's skills, their newest document, the scorecards handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from funnel.interviews.selectors import EVALUATIONS, owing
from funnel.models import Application, Rating, Scorecard
from recruiting.accounts.models import User
from recruiting.candidates.models import Document, EvidenceState, SkillEvidence
from recruiting.candidates.models.documents import DocumentKind
from recruiting.core.days import day_of
from recruiting.jobs.gates import Asked
from recruiting.jobs.models import Proof
from recruiting.jobs.selectors import requirements_of
from recruiting.skills.selectors import narrower_of

CV_KINDS = (DocumentKind.CV, DocumentKind.WORK_HISTORY)


@dataclass(frozen=True)
class Found:
    """What lies with a criterion. `is_met` None: somebody has to say so."""

    is_met: bool | None = None
    said: str = ""
    document: int | None = None
    scorecard: int | None = None
    skill: int | None = None  # a row of skill evidence


@dataclass(frozen=True)
class Wanted:
    """A skill that is asked for, at which level; None asks for none."""

    skill: int
    level: int | None


@dataclass
class Known:
    """Everything that was found about one person for one job, read once for all criteria."""

    documents: list[Document]
    scorecards: list[Scorecard]
    ratings: dict[int, int]  # attribute → the scorecard that rated it last
    skills: dict[Wanted, SkillEvidence | None]  # None: nothing meets it
    musts: list[Wanted]
    asks_for_skills: bool  # whether the job has a must-have at all, a word the list does not know too

    @property
    def cv(self) -> int | None:
        kept = [row.pk for row in self.documents if row.kind in CV_KINDS] or [row.pk for row in self.documents]
        return kept[0] if kept else None


def known_about(application: Application, criteria: Sequence[Asked], *, by: User | None, at: datetime) -> Known:
    """What `by` may know, in a handful of queries, whatever the number of criteria; None knows everything."""
    documents = Document.objects.filter(candidate=application.candidate_id, removed_at=None)
    cards = _scorecards(application, by, at).select_related("user")
    rows = list(cards.order_by("-submitted_at", "-pk"))
    required = [row for row in requirements_of(application.job) if row.is_must]
    musts = [Wanted(row.skill_id, row.level) for row in required if row.skill_id]
    asked = [Wanted(each.criterion.skill_id, each.criterion.level) for each in criteria if each.criterion.skill_id]
    return Known(
        documents=list(documents.order_by("-added_at", "-pk")[:20]),
        scorecards=rows,
        ratings=_ratings(rows, criteria),
        skills=_skills(application.candidate_id, {*asked, *musts}),
        musts=musts,
        asks_for_skills=bool(required),
    )


def _scorecards(application: Application, by: User | None, at: datetime) -> QuerySet[Scorecard]:
    """Those handed in on this application, and those of their earlier cycles for the same job that are still valid.

    Whoever owes one there knows of nobody else's; an earlier cycle is for those who see evaluations.
    """
    earlier = Q(application__candidate=application.candidate_id, application__job=application.job_id)
    earlier &= Q(application__lt=application.pk, valid_until__gt=day_of(at))
    here = Q(application=application)
    asked = here | earlier if by is None or by.has_perm(EVALUATIONS) else here
    cards = Scorecard.objects.filter(asked, version__gte=1)
    if by is None:
        return cards
    owed = owing(by).filter(interview__application=OuterRef("application"))
    return cards.filter(Q(user=by) | ~Exists(owed))


def _ratings(rows: Sequence[Scorecard], criteria: Sequence[Asked]) -> dict[int, int]:
    attributes = {each.criterion.attribute_id for each in criteria if each.criterion.attribute_id}
    if not rows or not attributes:
        return {}
    told = Rating.objects.filter(version__scorecard__in=rows, attribute__in=attributes, score__isnull=False)
    pairs = told.order_by("version__at", "pk").values_list("attribute", "version__scorecard")
    return dict(pairs)


def _skills(candidate: int, wanted: set[Wanted]) -> dict[Wanted, SkillEvidence | None]:
    """For each asked skill the best row that meets it: the same skill or a narrower one, at the level; not refuted."""
    if not wanted:
        return {}
    below = narrower_of([each.skill for each in wanted])
    held = SkillEvidence.objects.filter(candidate=candidate, skill__isnull=False).exclude(state=EvidenceState.REFUTED)
    rows = sorted(held.select_related("skill"), key=lambda row: (row.state == EvidenceState.CONFIRMED, row.level or 0))
    found: dict[Wanted, SkillEvidence | None] = {}
    for each in wanted:
        meeting = [row for row in rows if row.skill_id in below[each.skill] | {each.skill}]
        enough = [row for row in meeting if each.level is None or (row.level or 0) >= each.level]
        found[each] = enough[-1] if enough else None
    return found


def proof_of(asked: Asked, known: Known) -> str:
    """What has to lie with a criterion here: a job without must-haves has none to show."""
    is_empty = asked.criterion.proof == Proof.SKILL and asked.criterion.skill_id is None and not known.asks_for_skills
    return Proof.NONE.value if is_empty else str(asked.criterion.proof)


def found_for(asked: Asked, known: Known) -> Found:
    """What speaks for one criterion. A skill or a document is seen by the system; the rest somebody has to say."""
    criterion = asked.criterion
    if proof_of(asked, known) != criterion.proof:
        return Found(is_met=True)
    if criterion.proof == Proof.SKILL:
        return _by_skill([Wanted(criterion.skill_id, criterion.level)] if criterion.skill_id else known.musts, known)
    if criterion.proof == Proof.DOCUMENT and known.cv is not None:
        document = next(row for row in known.documents if row.pk == known.cv)
        return Found(is_met=True, document=document.pk, said=document.name)
    if criterion.proof == Proof.SCORECARD and known.scorecards:
        newest = known.scorecards[0].pk
        key = known.ratings.get(criterion.attribute_id) if criterion.attribute_id else newest
        card = next((row for row in known.scorecards if row.pk == key), None)
        return Found(scorecard=card.pk, said=card.user.name) if card else Found()
    return Found()


def _by_skill(wanted: Sequence[Wanted], known: Known) -> Found:
    rows = [known.skills.get(each) for each in wanted]
    held = [row for row in rows if row is not None]
    said = ", ".join(dict.fromkeys(" ".join(filter(None, (str(row), _level(row)))) for row in held))
    is_met = True if held and len(held) == len(rows) else None
    return Found(is_met=is_met, said=said, skill=held[0].pk if held else None)


def _level(row: SkillEvidence) -> str:
    return row.skill.level_label(row.level) if row.skill else ""
