"""Letters that left: one's own, and for administrators everybody's (not what only its reader may read)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.paging import keyset
from recruiting.notices import selectors
from recruiting.notices.looks import dressed
from recruiting.notices.models import VIEW_MAILS, Mail

PAGE = 50
KEEPING = "recruiting.notices.backend.KeepingBackend"
# A letter is somebody else's page: no script, no picture from outside, links open in a window of their own.
LETTER_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


@require_safe
def mails(request: SignedInRequest) -> HttpResponse:
    sees_all = request.user.has_perm(VIEW_MAILS)
    is_own = not sees_all or request.GET.get("whose") == "mine"
    asked = {side: request.GET.get(side, "") for side in ("before", "after")}
    page = keyset(selectors.mails_of(request.user, is_own=is_own), ["-pk"], size=PAGE, **asked)
    whose = "&whose=mine" if is_own and sees_all else ""
    context = {
        "mails": page.rows,
        "sees_all": sees_all,
        "is_own": is_own,
        "is_kept": settings.EMAIL_BACKEND == KEEPING,
        "previous_url": f"?before={page.before}{whose}" if page.before else "",
        "next_url": f"?after={page.after}{whose}" if page.after else "",
    }
    return render(request, "notices/mails.html", context)


@require_safe
def mail(request: SignedInRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Mail.objects.visible_to(request.user).select_related("user"), pk=pk)
    context = {"mail": letter, "may_read": letter.may_be_read_by(request.user)}
    return render(request, "notices/mail.html", context)


def _readable(request: SignedInRequest, pk: int) -> Mail:
    letter = get_object_or_404(Mail.objects.visible_to(request.user), pk=pk)
    if not letter.may_be_read_by(request.user):
        raise PermissionDenied
    return letter


@xframe_options_sameorigin
@require_safe
def mail_html(request: SignedInRequest, pk: int) -> HttpResponse:
    """The letter as its reader's mail program shows it, in a frame that can do nothing."""
    letter = _readable(request, pk)
    answer = HttpResponse(_in_a_window(dressed(letter.html)))
    answer["Content-Security-Policy"] = LETTER_POLICY
    return answer


def _in_a_window(html: str) -> str:
    """Its links open beside the frame: nothing else of ours may stand in one."""
    base = '<base target="_blank">'
    return html.replace("<head>", f"<head>{base}", 1) if "<head>" in html else base + html


@require_safe
def mail_invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    answer = HttpResponse(_readable(request, pk).invitation, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    return answer
