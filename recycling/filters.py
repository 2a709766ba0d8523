"""How lists are narrowed; the same set serves a page and, later, the API."""

from __future__ import annotations

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.accounts.roles import SEES_EVERYBODY
from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence, Source
from recruiting.candidates.models.people import CandidateQuerySet
from recruiting.candidates.models.sources import Channel
from recruiting.candidates.selectors import search
from recruiting.core.days import plus_days, today
from recruiting.jobs.models import Job, JobState
from recruiting.jobs.stages import Stage
from recruiting.skills.levels import Scale, level_from
from recruiting.skills.models import SkillAlias, SkillClosure
from recruiting.skills.normalise import normal_form
from recycling.models import PoolEntry, Proposal, Rest
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.people_list import STAYS, live_applications, works_here

STATES = [
    ("in_process", _("In process")),
    ("resting", _("Resting")),
    ("proposed", _("Proposed")),
    ("hired", _("Works here")),
    ("nowhere", _("Nowhere")),
]
BASES = [("ends_soon", _("Runs out soon")), ("missing", _("Never recorded"))]


def jobs_to_choose(request: SignedInRequest | None) -> QuerySet[Job]:
    """Jobs that still take part: open or on hold."""
    if request is None:
        return Job.objects.none()
    return Job.objects.visible_to(request.user).filter(state__in=[JobState.OPEN, JobState.ON_HOLD]).order_by("title")


class PeopleFilter(django_filters.FilterSet):
    """People by their words, where they stand, what they can, where they came from, and what ends or forbids use."""

    q = django_filters.CharFilter(label=_("Name, e-mail, employer"), method="by_words")
    state = django_filters.ChoiceFilter(
        label=_("Where they are"), choices=STATES, empty_label=_("Any"), method="by_state"
    )
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=Stage.choices, empty_label=_("Any"), method="by_stage"
    )
    job = django_filters.ModelChoiceFilter(
        label=_("Job"),
        queryset=jobs_to_choose,  # type: ignore[arg-type]
        to_field_name="public_id",
        empty_label=_("Any"),
        method="by_job",
    )
    skill = django_filters.CharFilter(label=_("Skill"), method="by_skill")
    level = django_filters.CharFilter(label=_("Level at least"), method="by_level")
    tag = django_filters.CharFilter(label=_("Tag"), method="by_tag")
    channel = django_filters.ChoiceFilter(
        label=_("Source"), choices=Channel.choices, empty_label=_("Any"), method="by_channel"
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Keeps the contact"),
        queryset=User.objects.filter(is_active=True, role__in=SEES_EVERYBODY),
        empty_label=_("Any"),
    )
    basis = django_filters.ChoiceFilter(
        label=_("Basis for future roles"), choices=BASES, empty_label=_("Any"), method="by_basis"
    )
    blocked = django_filters.ChoiceFilter(
        label=_("Blocked"), choices=[("yes", _("Yes")), ("no", _("No"))], empty_label=_("Any"), method="by_block"
    )

    class Meta:
        model = Candidate
        fields: list[str] = []

    def by_words(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        return search(rows, value)

    def by_state(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        entries = PoolEntry.objects.filter(candidate=OuterRef("pk"))
        if value == "in_process":
            return rows.filter(live_applications())
        if value == "resting":
            return rows.filter(Exists(entries.filter(state=Rest.RESTING)))
        if value == "proposed":
            return rows.filter(Exists(Proposal.objects.filter(candidate=OuterRef("pk"), state__in=LIVE_PROPOSAL)))
        if value == "hired":
            return rows.filter(works_here())
        return rows.exclude(works_here()).filter(~live_applications(), ~Exists(entries.filter(state__in=STAYS)))

    def by_stage(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        live = Application.objects.visible_to(self.request.user).live()  # type: ignore[union-attr, arg-type]
        return rows.filter(Exists(live.filter(candidate=OuterRef("pk"), stage=value)))

    def by_job(self, rows: CandidateQuerySet, name: str, value: Job) -> CandidateQuerySet:
        return rows.filter(Exists(value.applications.filter(candidate=OuterRef("pk"))))

    def by_skill(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        """Whoever has evidence of it or of something narrower, at the level asked; an unknown word by itself."""
        counting = SkillEvidence.objects.filter(candidate=OuterRef("pk")).exclude(state=EvidenceState.REFUTED)
        asked = SkillAlias.objects.filter(normal=normal_form(value)).values("skill")
        narrower = SkillClosure.objects.filter(broad__in=asked).values("narrow")
        level = _level(str((self.data or {}).get("level", "")))
        known = counting.filter(skill__in=narrower, **({"level__gte": level} if level else {}))
        return rows.filter(Exists(known) | Exists(counting.filter(skill=None, term__iexact=value)))

    def by_level(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        """Read together with the skill; alone it means nothing."""
        return rows

    def by_tag(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        return rows.filter(
            Exists(Candidate.tags.through.objects.filter(candidate=OuterRef("pk"), tag__name__iexact=value))
        )

    def by_channel(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        return rows.filter(Exists(Source.objects.filter(candidate=OuterRef("pk"), channel=value)))

    def by_basis(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        """Who never had one is chosen by the page itself, before anything is narrowed: here nothing is left to do."""
        if value == "missing":
            return rows
        day = today()
        return rows.filter(use_until__gte=day, use_until__lte=plus_days(day, settings.REVIEW_BEFORE_USE_ENDS_DAYS))

    def by_block(self, rows: CandidateQuerySet, name: str, value: str) -> CandidateQuerySet:
        blocked = Q(do_not_contact_at__isnull=False) | Q(do_not_hire_at__isnull=False) | Q(never_at__isnull=False)
        return rows.filter(blocked) if value == "yes" else rows.exclude(blocked)


def _level(written: str) -> int | None:
    """A level on whichever scale it is written for: 3, B2, N2."""
    return next((found for scale in Scale.values if (found := level_from(scale, written)) is not None), None)
