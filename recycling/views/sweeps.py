"""The clock behind the events: every sweep's beat, the walks over everybody who rests, and what waits to be told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.models import OutboxMessage, SweepBeat
from recruiting.core.paging import keyset
from recycling.models import Pending, SweepRun

PAGE = 50


@permission_required("recycling.view_sweeps", raise_exception=True)
@require_GET
def sweeps(request: SignedInRequest) -> HttpResponse:
    page = keyset(
        SweepRun.objects.all(),
        ("-pk",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE,
    )
    context = {"page": page, "beats": _beats(), **_backlog()}
    context["next_url"] = f"?after={page.after}" if page.after else ""
    context["previous_url"] = f"?before={page.before}" if page.before else ""
    return render(request, "recycling/sweeps/sweeps.html", context)


def _backlog() -> dict[str, Any]:
    """What waits to be told, and what an event has touched and nobody has looked at since."""
    unsent = OutboxMessage.objects.filter(sent_at=None).order_by("due_at", "id")  # outbox_unsent
    return {
        "unsent": unsent.count(),
        "oldest": unsent.first(),
        "failing": unsent.exclude(failure="").count(),
        "pending": Pending.objects.count(),
    }


def _beats() -> list[dict[str, Any]]:
    """Each sweep of the settings, the most frequent first, with its last beat; one that never ran says so."""
    beats = {beat.path: beat for beat in SweepBeat.objects.all()}
    return [
        {"name": path.rpartition(".")[2].replace("_", " "), "path": path, "every": int(every), "beat": beats.get(path)}
        for path, every in sorted(settings.SWEEPS.items(), key=lambda entry: entry[1])
    ]
