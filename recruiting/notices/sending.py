"""A letter leaves the house: claimed before it is sent, so that nothing sends it twice (docs/decisions/0009).

queued → sending → sent. What certainly did not leave goes back to queued for the outbox's next try, up to MOST_TRIES;
what may have left (a crash or a lost connection in the middle) is never sent again: the notice is in the product.
"""

from __future__ import annotations

import hashlib
import smtplib
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from recruiting.core.models import OutboxMessage
from recruiting.notices.looks import dressed
from recruiting.notices.models import Mail, Sending

MOST_TRIES = 30  # the outbox pauses up to an hour: most of a day
PERMANENT = range(500, 600)


class Letter(EmailMultiAlternatives):
    """A message that has its row in Mail already (see backend.KeepingBackend)."""


class NotSent(Exception):
    """It certainly did not leave; the outbox tries again."""


def send(*, mail: Mail, message: OutboxMessage, at: datetime) -> bool:
    """Send one letter if nobody else has; True when it left now. Raises NotSent when it is to be tried again."""
    if not Mail.objects.filter(pk=mail.pk, state=Sending.QUEUED).update(state=Sending.SENDING):
        return False  # sent, given up, or another relay has it in hand
    if mail.user and not mail.user.is_active:
        _leave(mail, Sending.FAILED, "the recipient no longer works here")
        return False
    is_last = message.tries + 1 >= MOST_TRIES
    try:
        connection = get_connection()
        connection.open()
    except (smtplib.SMTPException, OSError) as wrong:
        _again(mail, wrong, is_last=is_last)
        return False
    try:
        connection.send_messages([letter(mail)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as wrong:
        _again(mail, wrong, is_last=is_last or _is_permanent(wrong))
        return False
    except Exception as wrong:  # it may have left: it stays where it is, and the page of mails says so
        _leave(mail, Sending.FAILED, f"unclear whether it arrived: {wrong!r}")
        return False
    finally:
        _hang_up(connection)
    Mail.objects.filter(pk=mail.pk).update(state=Sending.SENT, sent_at=at, failure="")
    return True


def _again(mail: Mail, wrong: Exception, *, is_last: bool) -> None:
    _leave(mail, Sending.FAILED if is_last else Sending.QUEUED, repr(wrong))
    if not is_last:
        raise NotSent from wrong


def _leave(mail: Mail, state: Sending, failure: str) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state, failure=failure[:2000])


def _is_permanent(wrong: smtplib.SMTPException) -> bool:
    """The server said never, not later."""
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _said in wrong.recipients.values())
    return isinstance(wrong, smtplib.SMTPResponseException) and wrong.smtp_code in PERMANENT


def _hang_up(connection: object) -> None:
    """The letter is with the server, or it is not: a line that breaks at the end changes neither."""
    try:
        connection.close()  # type: ignore[attr-defined]
    except (smtplib.SMTPException, OSError):
        return


def letter(mail: Mail) -> Letter:
    """Plain text, the same as HTML, and the calendar's part where there is one. Its id is the same on every try."""
    headers = {"Message-ID": message_id(mail.key), "Auto-Submitted": "auto-generated", **mail.headers}
    made = Letter(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    if mail.html:
        made.attach_alternative(dressed(mail.html), "text/html")
    if mail.invitation:
        method = mail.invitation_method or "REQUEST"
        made.attach_alternative(mail.invitation, f"text/calendar; method={method}")
        made.attach("invitation.ics", mail.invitation, "text/calendar")
    return made


def message_id(key: str) -> str:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"
