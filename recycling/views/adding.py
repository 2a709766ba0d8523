"""Many people at once into a job's funnel, from its board: who waits somewhere comes back, the others begin."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from funnel.views.adding import add_all
from recruiting.accounts.requests import SignedInRequest
from recycling.returns import open_all


@permission_required("funnel.move_application", raise_exception=True)
@require_POST
def add_people(request: SignedInRequest, pk: int) -> HttpResponse:
    return add_all(request, pk, open_all)
