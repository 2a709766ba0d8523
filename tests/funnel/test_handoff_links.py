"""The link from a mail to one handoff: it asks for signing in, acts on nothing and runs out."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from funnel.handoffs import links
from funnel.handoffs.answering import accept_handoff
from funnel.models import HandoffState
from tests.builders import a_manager, a_sourcer, an_approver, an_interviewer
from tests.builders_handoffs import a_job_with_sides, again, an_offered_handoff

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def offered(now, manager):
    """A card that a recruiter offers to the manager of its job."""
    return an_offered_handoff(job=a_job_with_sides(manager=manager), at=now - timedelta(hours=1))


def test_a_link_asks_for_signing_in_first_and_shows_nothing(client, manager, offered):
    path = links.link_path(offered, manager)

    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    login = client.get(answer["Location"]).content.decode()
    assert offered.application.candidate.name not in login
    assert offered.job.title not in login


def test_a_link_leads_straight_to_its_one_card_and_acts_on_nothing(client, manager, offered):
    client.force_login(manager)
    path = links.link_path(offered, manager)

    assert client.get(path)["Location"] == reverse("funnel:handoff", args=[offered.pk])
    assert client.head(path).status_code == 302
    assert client.post(path).status_code == 405
    assert again(offered).state == HandoffState.OFFERED


def test_a_link_that_was_answered_meanwhile_says_by_whom(client, manager, offered):
    accept_handoff(handoff=again(offered), by=manager, at=timezone.now())
    client.force_login(manager)

    page = client.get(links.link_path(offered, manager), follow=True).content.decode()

    assert f"{manager.name} accepted it" in page


def test_a_link_of_somebody_else_is_for_those_alone_who_may_answer(client, manager, offered, lead):
    path = links.link_path(offered, manager)

    client.force_login(lead)
    assert client.get(path).status_code == 302
    for stranger in (a_manager(), an_approver(), an_interviewer(), a_sourcer()):
        client.force_login(stranger)
        page = client.get(path)
        assert page.status_code == 403
        assert offered.application.candidate.name not in page.content.decode()
        assert manager.name not in page.content.decode()


def test_a_link_runs_out_and_says_what_to_do(client, manager, offered, settings, now):
    path = links.link_path(offered, manager)
    client.force_login(manager)

    with time_machine.travel(now + timedelta(days=settings.HANDOFF_LINK_DAYS, minutes=5), tick=False):
        client.force_login(manager)
        page = client.get(path)

    assert page.status_code == 410
    assert "has run out" in page.content.decode()
    assert reverse("funnel:handoffs") in page.content.decode()


def test_a_link_that_was_tampered_with_is_nobodys(client, manager, offered):
    client.force_login(manager)
    path = links.link_path(offered, manager)

    assert client.get(path[:-3] + "xx/").status_code == 404
