"""Where my chat takes what I am told: the address of its incoming webhook, and a test."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.notices import chatting
from recruiting.notices.forms import ChatForm
from recruiting.notices.models import ChatHook


def _page(request: SignedInRequest, form: ChatForm | None = None, refusal: str = "", status: int = 200) -> HttpResponse:
    hook = ChatHook.objects.filter(user=request.user).first()
    start = {"kind": hook.kind, "url": hook.url} if hook else {}
    context = {"form": form or ChatForm(initial=start), "hook": hook, "refusal": refusal}
    return render(request, "notices/chat.html", context, status=status)


@sensitive_post_parameters("url")
@require_http_methods(["GET", "POST"])
def hook(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request)
    form = ChatForm(request.POST)
    try:
        chatting.set_hook(user=request.user, at=timezone.now(), **parse(form))
    except Refused as refused:
        is_invalid = refused.code == "invalid"
        return _page(request, form, "" if is_invalid else refused.message, 422 if is_invalid else 409)
    messages.info(request, _("Saved. Send a test to see that it arrives."))
    return redirect("notices:chat")


@require_POST
def test(request: SignedInRequest) -> HttpResponse:
    mine = get_object_or_404(ChatHook, user=request.user)
    try:
        chatting.try_hook(hook=mine, at=timezone.now())
    except Refused as refused:
        return _page(request, refusal=refused.message, status=409)
    messages.info(request, _("The chat took the test."))
    return redirect("notices:chat")


@require_POST
def remove(request: SignedInRequest) -> HttpResponse:
    chatting.remove_hook(user=request.user)
    messages.info(request, _("Nothing more goes into the chat."))
    return redirect("notices:chat")
