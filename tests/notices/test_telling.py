"""Somebody is told a thing once, in their own words, by the ways they chose."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as post

from recruiting.notices import services
from recruiting.notices.models import Mail, Notice, Preference, Sending, Way
from tests.builders import MONDAY, a_manager, at_once
from tests.notices.builders import ABOUT, a_letter, forget_deliveries, relay_all, told
from tests.notices.kinds import LATER, NEWS, WAITS

pytestmark = pytest.mark.django_db


def again(user: Any, key: str) -> Notice | None:
    return services.notify(user=user, kind=WAITS.key, key=key, about=ABOUT, path="/", at=MONDAY)


def test_nobody_is_told_a_thing_twice(manager: Any) -> None:
    told(manager, key="handoff:1:offered")

    assert again(manager, "handoff:1:offered") is None
    assert Notice.objects.of(manager).count() == 1


def test_two_people_are_told_the_same_thing(manager: Any, recruiter: Any) -> None:
    told(manager, key="handoff:1:missed")
    told(recruiter, key="handoff:1:missed")

    assert Notice.objects.count() == 2


def test_whoever_has_left_is_told_nothing(db: None) -> None:
    assert again(a_manager(is_active=False), "handoff:1:offered") is None


def test_what_waits_for_somebody_comes_by_mail(manager: Any) -> None:
    told(manager)

    relay_all()

    assert [letter.to for letter in post.outbox] == [[manager.email]]
    assert Mail.objects.get().state == Sending.SENT


def test_a_relay_that_delivers_twice_sends_one_mail(manager: Any) -> None:
    told(manager)
    relay_all()

    forget_deliveries()
    relay_all()

    assert len(post.outbox) == 1


def test_a_letter_under_a_known_key_is_the_first_one(db: None) -> None:
    first = a_letter(key="interview:1:0")

    assert a_letter(key="interview:1:0", to="other@example.com").pk == first.pk
    relay_all()
    assert [letter.to for letter in post.outbox] == [["somebody@example.com"]]


def test_what_was_read_meanwhile_needs_no_mail(manager: Any) -> None:
    services.read_notice(notice=told(manager), at=MONDAY)

    relay_all()

    assert post.outbox == []


@pytest.mark.parametrize(("kind", "mails"), [(WAITS, 1), (NEWS, 1), (LATER, 0)])
def test_a_kind_says_by_itself_whether_it_is_mailed_at_once(kind: Any, mails: int, manager: Any) -> None:
    told(manager, kind=kind.key)

    relay_all()

    assert len(post.outbox) == mails


@pytest.mark.parametrize(("kind", "mails"), [(WAITS, 1), (NEWS, 0)])
def test_only_what_is_not_essential_can_be_switched_off(kind: Any, mails: int, manager: Any) -> None:
    Preference.objects.create(user=manager, kind=kind.key, mail=Way.OFF)
    told(manager, kind=kind.key)

    relay_all()

    assert len(post.outbox) == mails


def test_an_essential_kind_may_come_in_the_summary(manager: Any) -> None:
    services.choose_ways(user=manager, ways={WAITS.key: (Way.DIGEST, Way.OFF)})
    told(manager)

    relay_all()

    assert post.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_the_same_moment_tell_once() -> None:
    manager = a_manager()

    at_once(*[lambda: again(manager, "handoff:1:offered")] * 2)

    assert Notice.objects.count() == 1
