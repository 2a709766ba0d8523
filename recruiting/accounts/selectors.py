"""Reading: who works here, and who is invited."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from recruiting.accounts.models import Absence, Invitation, User
from recruiting.accounts.roles import PERMISSIONS

PAGE = 200
SOON = timedelta(days=28)


def users(matching: str = "") -> QuerySet[User]:
    """Everybody who works or worked here, whose name or address has every word asked for; those at work first."""
    found = User.objects.select_related("team").order_by("-is_active", "family_name", "given_name", "id")
    for word in matching.split():
        found = found.filter(Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(email__icontains=word))
    return found


def waiting_invitations(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.waiting(at).select_related("invited_by").order_by("-created_at")


def absences_of(user: User) -> QuerySet[Absence]:
    """Somebody's absences, the next one first."""
    return Absence.objects.filter(user=user).select_related("deputy", "created_by").order_by("from_on")


def absences_around(day: date) -> QuerySet[Absence]:
    """Who is away on a day or will be soon, of those who work here."""
    near = Absence.objects.filter(back_on__gt=day, from_on__lte=day + SOON, user__is_active=True)
    return near.select_related("user__team", "deputy").order_by("from_on", "user__family_name", "pk")


def left_alone(absence: Absence) -> QuerySet[Absence]:
    """Absences of others for which this person stands in while they are away themselves."""
    near = Absence.objects.filter(deputy=absence.user_id, from_on__lt=absence.back_on, back_on__gt=absence.from_on)
    return near.select_related("user").order_by("from_on")


def can_stand_in() -> QuerySet[User]:
    """Whoever answers handoffs by their role, and works here."""
    roles = [role for role, verbs in PERMISSIONS.items() if "funnel.answer_handoff" in verbs]
    return User.objects.filter(is_active=True, role__in=roles)
