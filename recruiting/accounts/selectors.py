"""Reading: who works here, and who is invited."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from recruiting.accounts.models import Invitation, User

PAGE = 200


def users(matching: str = "") -> QuerySet[User]:
    """Everybody who works or worked here, whose name or address has every word asked for; those at work first."""
    found = User.objects.select_related("team").order_by("-is_active", "family_name", "given_name", "id")
    for word in matching.split():
        found = found.filter(Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(email__icontains=word))
    return found


def waiting_invitations(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.waiting(at).select_related("invited_by").order_by("-created_at")
