"""What the outbox promised: a notice becomes a letter, a letter is sent, a notice goes into a chat."""

from __future__ import annotations

from django.utils import timezone

from recruiting.core.models import OutboxMessage
from recruiting.core.outbox import handler
from recruiting.notices import chatting, composing, sending, services
from recruiting.notices.models import Mail, Notice


@handler(services.COMPOSE)
def write_the_letter(message: OutboxMessage) -> None:
    """Whoever has read it meanwhile, or had it erased, needs no letter."""
    notice = Notice.objects.select_related("user").unread().filter(pk=message.payload["notice"]).first()
    if notice is not None and notice.user.is_active:
        composing.mail_notice(notice=notice, at=timezone.now())


@handler(services.SEND)
def send_the_letter(message: OutboxMessage) -> None:
    mail = Mail.objects.select_related("user").filter(pk=message.payload["mail"]).first()
    if mail is not None:
        sending.send(mail=mail, message=message, at=timezone.now())


@handler(services.CHAT)
def post_into_the_chat(message: OutboxMessage) -> None:
    notice = Notice.objects.select_related("user").filter(pk=message.payload["notice"]).first()
    if notice is not None and notice.user.is_active:
        chatting.put_into_chat(notice=notice, message=message, at=timezone.now())
