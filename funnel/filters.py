"""One way to narrow applications down: the board, the table and the API all read the same words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funnel.models import LIVE, Application, Outcome
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence
from recruiting.candidates.models.sources import Channel
from recruiting.candidates.selectors import search
from recruiting.core.days import day_of
from recruiting.jobs.models import Step
from recruiting.jobs.stages import Stage
from recruiting.skills.selectors import narrower_of, resolve_term

ANY = _("All")
SHOWN = [
    ("mine", _("Mine")),
    ("late", _("Late")),
    ("no_action", _("No next action")),
    ("back", _("Came back")),
]


def chips(user: User, steps: Sequence[Step], at: datetime) -> dict[str, Q]:
    """Each chip's condition. Late: the next action is overdue, or the card is older than its column's limit."""
    over = Q(next_action_on__lt=day_of(at))
    for step in steps:
        over |= Q(step=step.pk, step_since__lt=at - timedelta(days=step.limit_days))
    active = Q(outcome=Outcome.ACTIVE)
    return {
        "mine": Q(owner=user),
        "late": active & over,
        "no_action": active & Q(next_action=""),
        "back": Q(previous__isnull=False),
    }


def _owners(request: SignedInRequest) -> QuerySet[User]:
    """Whose cards one can ask for: recruiting knows everybody, the others who owns a card they see."""
    colleagues = User.objects.filter(is_active=True)
    if request.user.sees_everybody:
        return colleagues
    return colleagues.filter(pk__in=Application.objects.visible_to(request.user).values("owner"))


class ApplicationFilterSet(django_filters.FilterSet):
    """`steps` are the job's columns: their limits say what is late."""

    show = django_filters.ChoiceFilter(empty_label=ANY, label=_("Show"), choices=SHOWN, method="show_chip")
    q = django_filters.CharFilter(label=_("Name"), method="find_people")
    stage = django_filters.ChoiceFilter(empty_label=ANY, label=_("Stage"), choices=Stage.choices)
    owner = django_filters.ModelChoiceFilter(empty_label=ANY, label=_("Owner"), queryset=cast("Any", _owners))
    channel = django_filters.ChoiceFilter(
        empty_label=ANY, label=_("Source"), field_name="source__channel", choices=Channel.choices
    )
    skill = django_filters.CharFilter(label=_("Skill, or narrower"), method="hold_skill")
    outcome = django_filters.ChoiceFilter(
        empty_label=ANY,
        label=_("Outcome"),
        choices=[("live", _("Still here")), *Outcome.choices],
        method="show_outcome",
    )

    class Meta:
        model = Application
        fields: list[str] = []

    def __init__(self, *args: Any, steps: Sequence[Step] = (), at: datetime | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.steps, self.at = steps, at or timezone.now()

    def show_chip(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(chips(cast("SignedInRequest", self.request).user, self.steps, self.at)[value])

    def find_people(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(candidate__in=search(Candidate.objects.filter(erased_at=None), value).values("pk"))

    def hold_skill(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Who holds the skill or a narrower one by evidence that nobody refuted; an unknown word finds nobody."""
        skill = resolve_term(value)
        if skill is None:
            return rows.none()
        held = SkillEvidence.objects.filter(skill__in=narrower_of([skill.pk])[skill.pk])
        return rows.filter(candidate__in=held.exclude(state=EvidenceState.REFUTED).values("candidate"))

    def show_outcome(self, rows: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        return rows.filter(outcome__in=LIVE) if value == "live" else rows.filter(outcome=value)
