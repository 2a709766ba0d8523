"""What a page says once, at its foot, after a verb: one sentence, and the way to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def toast(request: HttpRequest, text: str, undo_url: str = "") -> None:
    """Say `text` on the next thing rendered; with `undo_url` (POST) it carries Undo for ten seconds.

    The address travels in the message's extra tags: templates/components/_toasts.html reads it from there.
    A refused verb without htmx uses the same door: `toast(request, refused.message)`.
    """
    messages.info(request, text, extra_tags=undo_url)
