"""A letter is claimed before it is sent: at most once, whatever breaks; what certainly did not leave is tried again."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from recruiting.core import outbox
from recruiting.core.models import OutboxMessage
from recruiting.notices import sending, services
from recruiting.notices.models import Mail, Sending
from tests.builders import MONDAY, a_manager, at_once
from tests.notices.builders import a_letter, forget_deliveries, relay_all, told
from tests.notices.kinds import NEWS, WAITS

pytestmark = pytest.mark.django_db
DOWN = OSError("connection refused")
BUSY = smtplib.SMTPDataError(451, b"try again later")
NEVER = smtplib.SMTPRecipientsRefused({"somebody@example.com": (550, b"no such user")})
CUT = smtplib.SMTPServerDisconnected("lost in the middle")


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The mail server breaks, on opening or on sending."""

    def _break(wrong: Exception, *, at: str = "send_messages") -> None:
        def fail(*args: Any) -> None:
            raise wrong

        monkeypatch.setattr(EmailBackend, at, fail, raising=False)

    return _break


def state() -> str:
    return str(Mail.objects.get().state)


@pytest.mark.parametrize(("wrong", "at"), [(DOWN, "open"), (BUSY, "send_messages")])
def test_what_certainly_did_not_leave_is_tried_again(
    wrong: Exception, at: str, breaks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_letter()
    with monkeypatch.context():
        breaks(wrong, at=at)
        relay_all()
        assert state() == Sending.QUEUED
        monkeypatch.undo()

    relay_all(MONDAY + timedelta(minutes=5))

    assert state() == Sending.SENT
    assert len(post.outbox) == 1


def test_a_line_that_broke_in_the_middle_is_not_tried_again(breaks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    a_letter()
    breaks(CUT)
    relay_all()
    monkeypatch.undo()

    relay_all(MONDAY + timedelta(days=1))

    assert post.outbox == []
    letter = Mail.objects.get()
    assert letter.state == Sending.FAILED
    assert "unclear whether it arrived" in letter.failure


def test_an_address_that_does_not_exist_is_given_up_at_once(breaks: Any) -> None:
    a_letter()
    breaks(NEVER)

    relay_all()

    assert state() == Sending.FAILED
    assert not OutboxMessage.objects.filter(topic=services.SEND, sent_at=None).exists()


def test_a_server_that_stays_away_is_given_up_after_so_many_tries(breaks: Any) -> None:
    letter = a_letter()
    OutboxMessage.objects.update(tries=sending.MOST_TRIES - 1)
    breaks(DOWN, at="open")

    relay_all()

    assert state() == Sending.FAILED
    assert "refused" in Mail.objects.get(pk=letter.pk).failure


def test_a_crash_in_the_middle_leaves_it_being_sent_and_it_is_not_sent_again() -> None:
    letter = a_letter()
    Mail.objects.filter(pk=letter.pk).update(state=Sending.SENDING)  # claimed, and then the power went

    relay_all(MONDAY + outbox.LEASE * 3)

    assert post.outbox == []
    assert state() == Sending.SENDING


def test_whoever_left_meanwhile_gets_no_mail(manager: Any) -> None:
    told(manager)
    manager.is_active = False
    manager.save()

    relay_all()

    assert post.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_relays_send_one_letter() -> None:
    told(a_manager(), at=timezone.now())
    outbox.relay()

    at_once(outbox.relay, outbox.relay)
    forget_deliveries()
    at_once(outbox.relay, outbox.relay)

    assert len(post.outbox) == 1


# --- What is in it ----------------------------------------------------------------------------------------------------


def sent(user: Any, kind: Any = NEWS, **more: Any) -> Any:
    told(user, kind=kind.key, **more)
    relay_all()
    return post.outbox[-1]


def test_a_letter_is_plain_text_and_the_same_as_html(manager: Any) -> None:
    letter = sent(manager, path="/handoffs/1/")

    raw = letter.message()
    assert raw.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in raw.walk()][1:] == ["text/plain", "text/html"]
    html = letter.alternatives[0].content
    for words in ("Mika Sato offers you Aoi Tanaka.", "/handoffs/1/"):
        assert words in letter.body
        assert words in html
    for from_outside in ("<img", "<link", "<script", "url(", "class="):
        assert from_outside not in html


def test_the_same_letter_has_the_same_id(manager: Any) -> None:
    letter = sent(manager)

    assert letter.message()["Message-ID"] == sending.message_id(Mail.objects.get().key)
    assert letter.message()["Auto-Submitted"] == "auto-generated"


def test_one_click_ends_what_is_not_essential(manager: Any) -> None:
    headers = sent(manager).message()

    assert headers["List-Unsubscribe"].startswith("<http")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_waits_for_the_reader_has_no_such_click(manager: Any) -> None:
    letter = sent(manager, WAITS)

    assert letter.message()["List-Unsubscribe"] is None
    assert "unsubscribe" not in letter.body


def test_what_was_written_about_somebody_stays_in_the_product(manager: Any) -> None:
    letter = sent(manager, about={"from": "Mika", "name": "Aoi", "why": "Lives with her mother"})

    assert "mother" not in letter.message().as_string()


def test_an_invitation_is_a_calendar_part(manager: Any) -> None:
    a_letter(invitation="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", invitation_method="CANCEL")

    relay_all()

    parts = {part.get_content_type(): part for part in post.outbox[0].message().walk()}
    assert parts["text/calendar"].get_param("method") == "CANCEL" or any(
        part.get_param("method") == "CANCEL"
        for part in post.outbox[0].message().walk()
        if part.get_content_type() == "text/calendar"
    )
    assert "BEGIN:VCALENDAR" in parts["text/calendar"].get_payload(decode=True).decode()


def test_a_subject_is_one_line(db: None) -> None:
    letter = services.post_mail(key="x", to="a@example.com", subject="One\nBcc: b@example.com", text="-", at=MONDAY)

    assert letter.subject == "One Bcc: b@example.com"


def test_everybody_is_written_to_in_their_words_and_their_zone(db: None) -> None:
    about = {"from": "Mika", "name": "Aoi", "due": "2026-11-03T02:00:00+00:00"}
    for zone, language, said in (
        ("Asia/Tokyo", "en", "Due Tue 3 Nov 11:00."),
        ("Europe/Berlin", "en", "Due Tue 3 Nov 03:00."),
        ("Asia/Tokyo", "ja", "11/3（火）11:00"),
    ):
        assert said in sent(a_manager(time_zone=zone, language=language), about=about).body
