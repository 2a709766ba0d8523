"""What I was told: the list behind the bell."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from recruiting.accounts.requests import SignedInRequest, back
from recruiting.core.paging import keyset
from recruiting.notices import selectors, services
from recruiting.notices.kinds import all_groups
from recruiting.notices.models import Notice

PAGE = 50


def _pages(request: SignedInRequest, before: str, after: str) -> dict[str, str]:
    """The neighbours' addresses, with what the list is narrowed to."""
    asked = request.GET.copy()
    found = {}
    for name, side, cursor in (("previous_url", "before", before), ("next_url", "after", after)):
        asked.pop("before", None), asked.pop("after", None)
        asked[side] = cursor
        found[name] = f"?{asked.urlencode()}" if cursor else ""
    return found


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    asked = request.GET
    group, is_unread = asked.get("group", ""), asked.get("show") == "unread"
    rows = selectors.notices_of(request.user, group=group, is_unread=is_unread)
    page = keyset(rows, ["-pk"], after=asked.get("after", ""), before=asked.get("before", ""), size=PAGE)
    context = {
        "told": [selectors.told(row) for row in page.rows],
        "newest": max((row.pk for row in page.rows), default=0),
        "unread": selectors.unread_of(request.user),
        "groups": all_groups(),
        "chosen": {"group": group, "unread": is_unread},
        **_pages(request, page.before, page.after),
    }
    return render(request, "notices/list.html", context)


@require_POST
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Marks one as read; the script that follows a link posts this too and needs no answer."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    services.read_notice(notice=notice, at=timezone.now())
    return HttpResponse(status=204) if "quiet" in request.POST else back(request, reverse("notices:list"))


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    newest = request.POST.get("newest", "")
    if newest.isdecimal():
        services.read_all(user=request.user, at=timezone.now(), up_to=int(newest[:18]))
    return redirect("notices:list")
