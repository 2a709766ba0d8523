from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from recruiting.candidates.models import Candidate
from recruiting.core.models import SweepBeat
from recycling import leaving, returns
from recycling import selectors_pools as pools
from recycling.desk.bars import bars
from recycling.engine import sweep
from recycling.entries import close_entry
from recycling.models import Exit, PoolEntry
from tests.builders import MONDAY, a_lead, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_jobs import an_open_job
from tests.builders_recycling import LEFT_AT, an_entry
from tests.builders_returns import PROPOSED_AT, a_proposal

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
UNTIL = LEFT_AT + 30 * A_DAY
EVERYBODY = pools.Narrowed()


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(PROPOSED_AT)


def test_start_plus_in_minus_out_is_end(recruiter):
    stayed = an_entry(at=LEFT_AT)
    came_back = an_entry(at=LEFT_AT)
    returns.open_return(candidate=came_back.candidate, job=came_back.left.job, by=recruiter, at=LEFT_AT + 9 * A_DAY)
    closed = an_entry(at=LEFT_AT)
    close_entry(entry=closed, closed_why="expired", by=None, at=LEFT_AT + 9 * A_DAY)
    undone = an_entry(at=LEFT_AT)
    leaving.undo_exit(exit=Exit.objects.get(application=undone.left), by=recruiter, at=LEFT_AT + A_DAY)
    an_entry(at=LEFT_AT + 8 * A_DAY)

    line = pools.lines(recruiter, EVERYBODY, LEFT_AT + 5 * A_DAY, UNTIL)[0].counted

    assert (line.balance.start, line.balance.entered, line.balance.left, line.balance.end) == (3, 1, 2, 2)
    assert (line.returned, line.expired, line.balance.difference) == (1, 1, 0)
    assert PoolEntry.objects.filter(pk=stayed.pk, state="resting").exists()


def test_a_month_brings_dates_and_the_reviews_of_who_waits_for_no_date(recruiter):
    an_entry("timing.notice", order={"due_on": date(2027, 3, 10)})
    an_entry("skill.assessment", order={"due_on": date(2027, 3, 20)})
    reviewed = an_entry()
    PoolEntry.objects.filter(pk=reviewed.pk).update(review_on=date(2027, 3, 5))

    months = {month.key: month for month in pools.coming_due(recruiter, EVERYBODY, UNTIL)}

    assert months["2027-03"].counts == {"date": 1, "months": 0, "retake": 1, "review": 1}
    assert months["2027-03"].total == pools.resting(recruiter, pools.Narrowed(due="2027-03"), UNTIL).count()
    assert [due.on for due in pools.next_due(recruiter, EVERYBODY, UNTIL)] == [
        *(date(2027, 3, 5), date(2027, 3, 10), date(2027, 3, 20))
    ]


def test_what_keeps_most_people_out_adds_up(recruiter):
    an_entry()
    an_entry("process.slow", job=an_open_job("Design", family="design"))
    leaving.rest_as_met(candidate=a_candidate(), by=recruiter, at=LEFT_AT)

    matrix = pools.what_keeps_out(recruiter, EVERYBODY, UNTIL)

    assert matrix.total == 3 == sum(matrix.sums)
    assert [n for _reason, _cells, n in matrix.rows] == [1, 1, 1]
    assert matrix.families[-1] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"reason": "process.slow"}, 1),
        ({"pool": "process"}, 1),
        ({"state": "surfaced"}, 1),
        ({"q": "lovel"}, 1),
        ({"due": "30"}, 0),
        ({"due": "soon"}, 3),
        ({"left": "9000"}, 3),
        ({"whose": "mine"}, 0),
    ],
)
def test_the_list_of_who_rests_is_narrowed(client, asked, found):
    an_entry("process.slow")
    an_entry(candidate=a_candidate(family_name="Lovelace"))
    a_proposal()
    client.force_login(a_recruiter())

    assert len(client.get(reverse("recycling:resting"), asked).context["page"].rows) == found


def test_whose_data_may_no_longer_be_used_is_not_listed(client, recruiter):
    entry = an_entry()
    Candidate.objects.filter(pk=entry.candidate_id).update(use_until=date(2020, 1, 1))
    client.force_login(recruiter)

    assert client.get(reverse("recycling:resting")).context["page"].rows == []


def test_the_pools_cost_the_same_however_many_rest(client, recruiter, django_assert_max_num_queries):
    for key in ("process.slow", "interest.withdrew", "skill.interview"):
        an_entry(key)
    client.force_login(recruiter)

    with django_assert_max_num_queries(22):
        client.get(reverse("recycling:pools"))
    with django_assert_max_num_queries(14):
        client.get(reverse("recycling:resting"))


def test_bars_stand_on_the_line_and_carry_their_total_on_top():
    drawn = bars([[3, 0, 1, 4], [0, 0, 0, 0]])

    assert [part.place for part in drawn.bars[0].parts] == [1, 3, 4]
    assert drawn.bars[1].top == 175
    assert drawn.scale[0] == (0, 180)
    assert drawn.scale[-1][0] >= 8


def test_a_job_shows_whom_it_already_knows_and_who_is_worth_asking(client, recruiter):
    job = an_open_job("SRE", asks=(("Kubernetes", 3),))
    card = a_proposal(job=job, at=timezone.now())
    asked = an_entry()
    client.force_login(recruiter)

    page = client.get(reverse("recycling:known_people", args=[job.pk]), HTTP_HX_REQUEST="true")

    assert [row.card for row in page.context["cards"]] == [card]
    assert [each.candidate for each in page.context["asking"]] == [asked.candidate]
    assert reverse("recycling:propose_by_hand", args=[asked.pk]) in page.content.decode()


def test_under_the_board_flows_who_left_rests_and_came_back(client, recruiter):
    now = timezone.now()
    entry = an_entry("interest.withdrew", at=now)
    returned = an_entry(job=entry.left.job, at=now)
    returns.open_return(candidate=returned.candidate, job=entry.left.job, by=recruiter, at=now)
    client.force_login(recruiter)

    page = client.get(reverse("recycling:undertow", args=[entry.left.job_id]), HTTP_HX_REQUEST="true").context

    assert (page["left"], page["resting"], page["back"], page["still_here"]) == (2, 1, 1, 1)


def test_the_lead_sees_the_clock_and_its_walks(client):
    sweep(MONDAY)
    SweepBeat.objects.create(path="recruiting.core.tasks.relay_outbox", started_at=MONDAY, failure="it broke")
    client.force_login(a_lead())

    page = client.get(reverse("recycling:sweeps"))

    assert len(page.context["page"].rows) == 1
    assert "it broke" in page.content.decode()


def test_the_clock_is_for_the_lead(client, recruiter):
    client.force_login(recruiter)

    assert client.get(reverse("recycling:sweeps")).status_code == 403
