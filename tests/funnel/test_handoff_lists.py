"""The lists of handoffs: what waits, what came back, what was offered, and for leads everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from funnel.models import Handoff
from tests.builders import a_lead
from tests.builders_handoffs import a_job_with_sides, a_returned_handoff, an_offered_handoff

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def offered(now, manager):
    """A card that a recruiter offers to the manager of its job."""
    return an_offered_handoff(job=a_job_with_sides(manager=manager), at=now - AN_HOUR)


def listed(page):
    return [row.pk for row, *_more in page.context["rows"]]


def test_what_waits_stands_by_its_clock_the_late_first(client, manager, now):
    job = a_job_with_sides(manager=manager)
    young = an_offered_handoff(job=job, at=now - AN_HOUR)
    old = an_offered_handoff(job=job, at=now - timedelta(days=14))
    client.force_login(manager)

    page = client.get(reverse("funnel:handoffs"))

    assert listed(page) == [old.pk, young.pk]
    assert "days late" in page.content.decode()


def test_what_came_back_is_on_the_senders_list_with_the_criterion_that_failed(client, now):
    handoff = a_returned_handoff(at=now - 2 * AN_HOUR)
    client.force_login(handoff.from_user)

    page = client.get(reverse("funnel:handoffs"), {"tab": "back"})

    assert listed(page) == [handoff.pk]
    assert escape(str(handoff.failed)) in page.content.decode()


def test_a_manager_finds_no_list_of_everything(client, manager, offered):
    an_offered_handoff(at=timezone.now())
    client.force_login(manager)

    page = client.get(reverse("funnel:handoffs"), {"tab": "all"})

    assert page.context["tab"].key == "waiting"
    assert listed(page) == [offered.pk]


def test_a_lead_sees_every_border_and_narrows_it_down(client, lead, offered, now):
    other = an_offered_handoff(to_stage="screening", at=now)
    client.force_login(lead)
    every = {"tab": "all"}

    def found(**narrowed):
        return listed(client.get(reverse("funnel:handoffs"), {**every, **narrowed}))

    assert found() == [offered.pk, other.pk]
    assert found(to_stage="screening") == [other.pk]
    assert found(job=offered.job_id) == [offered.pk]
    assert found(q=offered.application.candidate.family_name) == [offered.pk]
    assert found(state="accepted") == []


def test_pages_of_the_list_are_walked_by_where_one_stands(client, manager, now, monkeypatch):
    monkeypatch.setattr("funnel.handoffs.lists.ROWS", 2)
    job = a_job_with_sides(manager=manager)
    every = [an_offered_handoff(job=job, at=now - AN_HOUR * count).pk for count in range(9, 0, -3)]
    client.force_login(manager)

    first = client.get(reverse("funnel:handoffs"), {"sort": "newest"})
    second = client.get(reverse("funnel:handoffs") + first.context["next_url"])

    assert listed(first) + listed(second) == every[::-1]


@pytest.mark.parametrize(
    ("tab", "said"),
    [("waiting", "Nobody waits for your answer."), ("back", "Nothing came back"), ("sent", "You have offered nobody")],
)
def test_an_empty_list_says_what_to_do_next(client, manager, tab, said):
    client.force_login(manager)

    assert said in client.get(reverse("funnel:handoffs"), {"tab": tab}).content.decode()


def test_the_list_costs_the_same_for_one_row_as_for_many(client, manager, now, django_assert_max_num_queries):
    job = a_job_with_sides(manager=manager)
    for _each in range(5):
        an_offered_handoff(job=job, at=now - AN_HOUR)
    client.force_login(manager)

    with django_assert_max_num_queries(8):  # session, user, rows, two counts, jobs to narrow down, savepoints
        client.get(reverse("funnel:handoffs"))


def test_a_lead_is_asked_after_the_third_return(client, now):
    lead = a_lead()
    handoff = a_returned_handoff(at=now - AN_HOUR)
    Handoff.objects.filter(pk=handoff.pk).update(asked_lead=lead, attempt=3)
    client.force_login(lead)

    assert listed(client.get(reverse("funnel:handoffs"), {"tab": "lead"})) == [handoff.pk]
