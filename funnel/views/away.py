"""What waits for somebody who is away, or will be when it is due."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from funnel.handoffs.selectors import ANSWERS, REASSIGNS
from funnel.handoffs.while_away import due_while_away
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest


@require_GET
def waiting_while_away(request: SignedInRequest) -> HttpResponse:
    """Part of the absences pages (a page of its own without JavaScript): one's own, or anybody's for leads."""
    who = request.GET.get("who", "")
    if not who.isdecimal() or int(who) == request.user.pk:
        user = request.user
    elif request.user.has_perm(REASSIGNS):
        user = get_object_or_404(User, pk=who)
    else:
        raise Http404
    rows = due_while_away(user, timezone.now()) if user.has_perm(ANSWERS) else []
    name = "funnel/handoffs/_while_away.html" if request.htmx else "funnel/handoffs/while_away.html"
    return render(request, name, {"person": user, "rows": rows, "is_own": user.pk == request.user.pk})
