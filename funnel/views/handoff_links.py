"""The link in a mail: after signing in straight to the one card it is for. It never acts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from funnel.handoffs import links
from funnel.handoffs.selectors import may_answer
from funnel.models import Handoff
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused


@require_safe
def handoff_link(request: SignedInRequest, token: str) -> HttpResponse:
    """Signing in comes first for everybody; then only whoever may answer, or whose link it is, gets to the card."""
    try:
        pk, meant_for = links.read(token)
    except Refused as refused:
        return _no_card(request, refused.message, status=410 if refused.code == "expired" else 404)
    visible = Handoff.objects.visible_to(request.user).select_related("job", "application", "to_user", "from_user")
    found = visible.filter(pk=pk, application__candidate__erased_at=None).first()
    if found is not None and (meant_for == request.user.pk or may_answer(found, request.user, timezone.now())):
        return redirect("funnel:handoff", pk)
    if meant_for == request.user.pk:
        return _no_card(request, _("This no longer waits for you: you hold no seat on the job today."), status=404)
    return _no_card(request, _("This link was written for somebody else, and is not yours to answer."), status=403)


def _no_card(request: SignedInRequest, said: str, *, status: int) -> HttpResponse:
    """Says nothing of the person, the job or whom the link was for."""
    return render(request, "funnel/handoffs/no_card.html", {"said": said}, status=status)
