"""The page over the borders: what it counts, for whom, and at which price."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel import leaving, services
from funnel.border_blocks import Look, PairBlock, border_blocks
from funnel.borders import Response
from funnel.handoffs.offering import offer_handoff
from funnel.metrics import Rate
from funnel.selectors_borders import arrivals, border_line, counted_handoffs
from recruiting.accounts.models import User
from recruiting.candidates.models import Source
from recruiting.core.models import Event
from recruiting.jobs.models import Job
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, a_sourcer
from tests.builders_funnel import A_DAY, an_application, fresh
from tests.builders_handoffs import (
    AN_HOUR,
    a_full_order,
    a_job_with_sides,
    a_returned_handoff,
    a_withdrawn_handoff,
    an_accepted_handoff,
    an_offered_handoff,
)

pytestmark = pytest.mark.django_db

SINCE, UNTIL = MONDAY - A_DAY, MONDAY + A_DAY * 20


def pair_into(stage: str, reader: User, job: Job | None = None, since=SINCE, until=UNTIL) -> PairBlock:
    """The first pair of roles at a border, as somebody reads it."""
    jobs = Job.objects.filter(pk=job.pk) if job else None
    blocks = border_blocks(Look(reader, since, until, job, jobs))
    return next(block for block in blocks if block.to_stage == stage).pairs[0]


def people_in(pair: PairBlock) -> dict[tuple[int, str], object]:
    return {(line.user.pk, line.side): line.figures for line in pair.people}


def test_offered_accepted_returned_and_withdrawn_are_counted_between_two_roles(recruiter):
    job = a_job_with_sides()
    an_accepted_handoff(job=job)
    an_accepted_handoff(job=job)
    a_returned_handoff(job=job)
    a_withdrawn_handoff(job=job)
    an_offered_handoff(job=job)

    told = pair_into("interview", recruiter).figures

    assert (told.offered, told.accepted, told.returned, told.withdrawn, told.waiting) == (5, 2, 1, 1, 1)
    assert told.acceptance == Rate(2, 3)
    assert told.in_time == Rate(3, 3)
    assert told.response == Response(1.0, 1.0, 3)


def test_each_person_is_told_on_the_side_they_stood_on(recruiter):
    job = a_job_with_sides()
    accepted = an_accepted_handoff(job=job)
    a_returned_handoff(job=job)

    people = people_in(pair_into("interview", recruiter))

    assert set(people) == {(accepted.from_user_id, "sends"), (accepted.to_user_id, "receives")}
    assert all(figures.acceptance == Rate(1, 2) for figures in people.values())


def test_a_return_names_its_criterion(recruiter):
    job = a_job_with_sides()
    returned = a_returned_handoff(job=job)
    a_returned_handoff(job=job)

    lines = pair_into("interview", recruiter).returns

    assert [(line.criterion, line.n, line.share) for line in lines] == [(returned.failed, 2, 100)]


def test_a_card_offered_again_is_a_re_offer(recruiter):
    returned = a_returned_handoff(job=a_job_with_sides())
    card = fresh(returned.application)
    offer_handoff(application=card, order=a_full_order(card), by=returned.from_user, at=MONDAY + A_DAY)

    assert pair_into("interview", recruiter).figures.re_offers == Rate(1, 2)


def test_both_sides_one_person_is_told_apart_and_in_no_rate(recruiter):
    job = a_job_with_sides()
    offer = an_offered_handoff(job=job, to_stage="screening", by=job.recruiter)

    told = pair_into("screening", recruiter).figures

    assert offer.is_at_once
    assert (told.at_once, told.offered, told.accepted, told.acceptance.n) == (1, 0, 0, 0)


def test_a_voided_crossing_and_an_administrative_exit_count_nowhere(recruiter):
    job = a_job_with_sides()
    wrong = an_accepted_handoff(job=job)
    services.correct_stage(application=fresh(wrong.application), to="screening", by=recruiter, at=MONDAY + A_DAY)
    spam = an_accepted_handoff(job=job)
    leaving.leave(application=fresh(spam.application), by=recruiter, at=MONDAY + A_DAY, is_counted=False)
    right = an_accepted_handoff(job=job)

    assert list(counted_handoffs()) == [right]
    assert pair_into("interview", recruiter).figures.accepted == 1


def test_quality_is_known_once_the_application_is_hired_or_ends(recruiter):
    job = a_job_with_sides()
    left = an_accepted_handoff(job=job)
    leaving.leave(application=fresh(left.application), by=recruiter, at=MONDAY + A_DAY)
    hired = fresh(an_accepted_handoff(job=job).application)
    services.advance_application(application=hired, to="hire", by=recruiter, at=MONDAY + A_DAY)
    starts_on = (MONDAY + A_DAY * 60).date()
    services.hire_application(application=fresh(hired), starts_on=starts_on, by=recruiter, at=MONDAY + A_DAY * 2)
    an_accepted_handoff(job=job)

    quality = pair_into("interview", recruiter).figures.quality

    assert (quality.rate, quality.maturity) == (Rate(1, 2), Rate(2, 3))


def test_a_window_counts_by_the_offer_and_by_the_answer(recruiter):
    job = a_job_with_sides()
    an_accepted_handoff(job=job)

    before = pair_into("interview", recruiter, since=MONDAY - A_DAY, until=MONDAY + AN_HOUR / 2).figures
    after = pair_into("interview", recruiter, since=MONDAY + AN_HOUR / 2).figures

    assert (before.offered, before.accepted) == (1, 0)
    assert (after.offered, after.accepted, after.response.n) == (0, 1, 1)


def test_who_came_by_themselves_is_measured_by_source(recruiter):
    job = a_job_with_sides()
    for _ in range(2):
        card = an_application(job=job, start="screening", through="screening", by=recruiter)
    Source.objects.filter(candidate=card.candidate).update(channel="referral")
    card.source = Source.objects.filter(candidate=card.candidate).first() or Source.objects.create(
        candidate=card.candidate, channel="referral", came_on=MONDAY.date()
    )
    card.save(update_fields=["source"])
    services.advance_application(application=fresh(card), to="interview", by=recruiter, at=MONDAY + A_DAY)
    an_application(job=job, by=recruiter)

    told = {line.channel: (line.stage, line.n, line.onward.rate) for line in arrivals(None, SINCE, UNTIL)}

    assert told["referral"] == ("screening", 1, Rate(1, 1))
    assert sum(n for _stage, n, _rate in told.values()) == 2


def test_a_manager_reads_their_own_jobs_and_of_people_only_themselves(client):
    mine = a_manager()
    job, other = a_job_with_sides(manager=mine), a_job_with_sides()
    now = timezone.now() - A_DAY * 3
    an_accepted_handoff(job=job, at=now)
    an_accepted_handoff(job=other, at=now)
    client.force_login(mine)

    page = client.get(reverse("funnel:borders"))

    pair, people = page.context["blocks"][1][1][0]
    assert pair.figures.accepted == 1
    assert [line.user for line in people] == [mine]
    assert client.get(reverse("funnel:borders"), {"job": other.pk}).status_code == 404
    assert job.recruiter.name.encode() not in client.get(reverse("funnel:borders_csv")).getvalue()


def test_an_interviewer_and_an_approver_see_no_borders(client, interviewer, approver):
    for user in (interviewer, approver):
        client.force_login(user)
        for name in ("funnel:borders", "funnel:borders_csv", "funnel:propose_contract", "recycling:borders_back"):
            assert client.get(reverse(name)).status_code == 403


def test_the_page_costs_the_same_for_one_handoff_as_for_many(client, lead, django_assert_max_num_queries):
    now = timezone.now() - A_DAY * 3
    job = a_job_with_sides(recruiter=a_recruiter())
    for _ in range(3):
        an_accepted_handoff(job=job, at=now)
        a_returned_handoff(job=a_job_with_sides(), at=now)
    client.force_login(lead)

    with django_assert_max_num_queries(17):
        page = client.get(reverse("funnel:borders"))
    with django_assert_max_num_queries(18):
        client.get(reverse("funnel:borders"), {"job": job.pk})

    assert page.status_code == 200


@pytest.mark.parametrize("sort", ["name", "-name", "-acceptance", "median", "-quality", "nonsense"])
def test_people_stand_in_the_order_asked_for_and_no_data_comes_last(client, lead, sort):
    now = timezone.now() - A_DAY * 3
    an_accepted_handoff(at=now)
    an_offered_handoff(at=now)
    client.force_login(lead)

    page = client.get(reverse("funnel:borders"), {"sort": sort})

    people = page.context["blocks"][1][1][0][1]
    shares = [line.figures.acceptance.share for line in people]
    assert len(people) == 4
    if sort == "-acceptance":
        assert shares == [1.0, 1.0, None, None]
    if sort == "name":
        assert [line.user.name for line in people] == sorted(line.user.name for line in people)


def test_the_people_leave_the_house_as_a_file_and_it_is_written_down(client, lead):
    an_accepted_handoff(at=timezone.now() - A_DAY * 3)
    client.force_login(lead)

    lines = client.get(reverse("funnel:borders_csv"), {"days": "30"}).getvalue().decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [(row["Side"], row["Accepted"], row["Acceptance"]) for row in rows] == [
        ("offers", "1", "1.000"),
        ("accepts", "1", "1.000"),
    ]
    assert Event.objects.get(verb="borders.exported").by == lead


def test_a_border_that_nothing_crossed_says_so_and_names_its_roles(client, lead):
    client.force_login(lead)

    page = client.get(reverse("funnel:borders"))

    assert b"Nothing was offered over this border" in page.content
    assert all(block.pairs for block, _pairs in page.context["blocks"])


def test_everybody_reads_their_own_week_in_one_line(django_assert_num_queries):
    job = a_job_with_sides()
    accepted = an_accepted_handoff(job=job)
    a_returned_handoff(job=job)
    an_offered_handoff(job=job)
    sunday = MONDAY + timedelta(days=6)

    with django_assert_num_queries(2):
        sent = border_line(accepted.from_user, sunday)
    received = border_line(accepted.to_user, sunday)

    assert (sent.offered, sent.accepted, sent.answered) == (3, 1, 0)
    assert (received.offered, received.answered, received.in_time) == (0, 2, 2)
    assert not border_line(a_sourcer(), sunday)
    assert not border_line(accepted.from_user, MONDAY + timedelta(days=7))


def test_a_lead_sees_the_people_of_every_job(client):
    now = timezone.now() - A_DAY * 3
    an_accepted_handoff(at=now)
    an_accepted_handoff(at=now)
    client.force_login(a_lead())

    page = client.get(reverse("funnel:borders"))

    assert len(page.context["blocks"][1][1][0][1]) == 4
