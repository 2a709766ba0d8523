from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from funnel.metrics import Rate
from recycling import selectors_numbers as counted
from recycling.metrics import Leavers
from tests.builders import MONDAY
from tests.builders_recycling import LEFT_AT, an_entry, an_exit
from tests.builders_returns import PROPOSED_AT, a_proposal, an_accepted_proposal

pytestmark = pytest.mark.django_db

SINCE, UNTIL = MONDAY, MONDAY + timedelta(days=60)


@pytest.mark.parametrize(
    ("leavers", "share"), [(Leavers(3, 1, 0, 9), 0.75), (Leavers(1, 0, 1, 0), 0.5), (Leavers(0, 0, 0, 4), None)]
)
def test_the_recycle_rate_knows_nothing_of_the_administrative(leavers, share):
    assert leavers.recycle_rate.share == share


def test_exits_are_counted_by_their_decisive_reason_and_by_who_decided(recruiter):
    an_exit("interest.withdrew", by=recruiter)
    an_exit("interest.withdrew", by=recruiter)
    an_exit("process.no_show", by=recruiter)
    an_exit("admin.mistake", by=recruiter)

    lines = counted.exits_by_reason(SINCE, UNTIL)

    assert [(line.reason.key, line.n, line.share) for line in lines] == [
        ("interest.withdrew", 2, 100),
        ("process.no_show", 1, 50),
    ]
    assert (lines[0].ours, lines[0].theirs) == (0, 2)
    assert counted.leavers(SINCE, UNTIL).administrative == 1


def test_a_pool_balances_and_says_how_its_people_stand(recruiter):
    an_entry("interest.withdrew", by=recruiter)
    a_proposal("interest.withdrew", by=recruiter)

    (line,) = counted.pools(LEFT_AT - timedelta(days=1), PROPOSED_AT + timedelta(days=1))

    assert (line.balance.start, line.balance.entered, line.balance.left, line.balance.end) == (0, 2, 0, 2)
    assert (line.resting, line.proposed, line.balance.difference) == (1, 1, 0)


def test_precision_is_of_the_proposals_that_somebody_decided(recruiter):
    a_proposal(by=recruiter)
    an_accepted_proposal(by=recruiter)

    assert counted.rates(SINCE, UNTIL).precision == Rate(1, 1)


def test_the_part_of_the_page_stands_alone_without_javascript(client, recruiter):
    an_exit(by=recruiter)
    client.force_login(recruiter)

    part = client.get(reverse("recycling:numbers_back"), headers={"HX-Request": "true"})
    page = client.get(reverse("recycling:numbers_back"))

    assert b"<html" not in part.content
    assert b"<html" in page.content


def test_a_manager_sees_nothing_of_the_pools(client, manager):
    client.force_login(manager)

    assert client.get(reverse("recycling:numbers_back")).status_code == 403
