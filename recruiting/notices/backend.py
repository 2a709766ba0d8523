"""The mail backend of an install without a mail server: letters are kept, to be read on a page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.utils import timezone

from recruiting.accounts.models import User
from recruiting.notices.models import KEPT, Mail, Sending
from recruiting.notices.sending import Letter


class KeepingBackend(BaseEmailBackend):
    """Our own letters have their row in Mail already; others' (a new password's key) get one, and are printed.

    Printed, because whoever has lost their password cannot sign in to read; whoever runs this install can.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        others = [message for message in email_messages if not isinstance(message, Letter)]
        for message in others:
            _keep(message)
        if others:
            ConsoleBackend().send_messages(others)
        return len(email_messages)


def _keep(message: EmailMessage) -> None:
    now = timezone.now()
    html = next((part for part, kind in _alternatives(message) if kind == "text/html"), "")
    for address in message.recipients():
        Mail.objects.create(
            key=f"{KEPT}{uuid.uuid4()}",
            user=User.objects.filter(email__iexact=address).first(),
            to=address,
            subject=message.subject[:300],
            text=str(message.body),
            html=html,
            state=Sending.SENT,
            created_at=now,
            sent_at=now,
        )


def _alternatives(message: EmailMessage) -> list[tuple[str, str]]:
    found = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return [(str(content), str(kind)) for content, kind in found]
