"""Letting somebody go at a handoff: the exit dialog, opened by whoever was asked to answer."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funnel.handoffs.reading import answered_words
from funnel.handoffs.selectors import handoffs, may_answer
from funnel.models import Application, Handoff
from funnel.models.handoffs import ANSWER_HANDOFF
from funnel.views.handoffs import following, go_to
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recycling.handoffs import let_go_at_handoff
from recycling.models import Exit
from recycling.models.exits import Side
from recycling.views.exit_dialog import Dialog

answers_and_lets_go = permission_required([ANSWER_HANDOFF, "funnel.exit_application"], raise_exception=True)


class LetGoDialog(Dialog):
    """The exit dialog of whoever answers a handoff: the decision is ours unless they say otherwise."""

    def __init__(self, request: SignedInRequest, handoff: Handoff, application: Application, **more: Any) -> None:
        self.handoff = handoff
        super().__init__(request, [application], **more)

    def _side(self) -> str:
        is_said = self.data.get("choose_side") or self.data.get("side") or self.reason
        return super()._side() if is_said else str(Side.WE)

    def context(self) -> dict[str, Any]:
        card = reverse("funnel:handoff", args=[self.handoff.pk])
        terms = {"handoff": self.handoff, "next": card}
        for name, path in (("action", "let_go_handoff"), ("preview", "let_go_handoff_preview")):
            terms[name] = reverse(f"recycling:{path}", args=[self.handoff.pk])
        return {**super().context(), **terms}


@answers_and_lets_go
@require_http_methods(["GET", "POST"])
def let_go(request: SignedInRequest, pk: int) -> HttpResponse:
    dialog, then = _dialog(request, pk), following(request, pk)
    if request.method == "GET":
        return _show(request, dialog)
    if not dialog.form.is_valid():
        return _show(request, dialog, status=422)
    try:
        order = dialog.form.order()
        exit = let_go_at_handoff(handoff=dialog.handoff, order=order, by=request.user, at=dialog.at)
    except Refused as refused:
        dialog.refusal = refused.message
        return _show(request, dialog, status=409)
    _say_so(request, exit, dialog.handoff)
    return go_to(request, then)


@answers_and_lets_go
@require_POST
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same dialog for what is chosen and typed so far. Changes nothing."""
    return _show(request, _dialog(request, pk, is_preview=True))


def _dialog(request: SignedInRequest, pk: int, *, is_preview: bool = False) -> LetGoDialog:
    """404 for who may not see it; whoever may not answer it (any more) reads why, and nothing typed is lost."""
    visible = Handoff.objects.visible_to(request.user).values("pk")
    handoff = get_object_or_404(handoffs(), pk=pk, pk__in=visible, application__candidate__erased_at=None)
    rows = Application.objects.select_related(
        "candidate", "job", "job__family", "job__level", "step", "owner", "source", "previous"
    )
    application = rows.prefetch_related("candidate__contact_points").get(pk=handoff.application_id)
    dialog = LetGoDialog(request, handoff, application, at=timezone.now(), is_preview=is_preview)
    if not may_answer(handoff, request.user, dialog.at):
        dialog.refusal = answered_words(handoff, dialog.at) or _("This waits for somebody else’s answer.")
    return dialog


def _show(request: SignedInRequest, dialog: LetGoDialog, status: int = 200) -> HttpResponse:
    name = "recycling/exits/_exit.html" if request.htmx else "recycling/exits/exit.html"
    return render(request, name, dialog.context(), status=status)


def _say_so(request: SignedInRequest, exit: Exit, handoff: Handoff) -> None:
    """The way back leads to the card that waits again."""
    card = reverse("funnel:handoff", args=[handoff.pk])
    undo = f"{reverse('recycling:undo_exits')}?{urlencode({'exit': str(exit.pk), 'next': card})}"
    pool = exit.reason.pool
    said = _("%(name)s rests in %(pool)s.") if pool else _("%(name)s left the funnel.")
    toast(request, said % {"name": exit.candidate.name, "pool": pool}, undo_url=undo)
