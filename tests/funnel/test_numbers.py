from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel import leaving, selectors_numbers, services
from funnel.elapsed import ElapsedDays
from funnel.metrics import Rate
from funnel.models import Visit
from funnel.offers import answering, approving, drafting
from funnel.selectors_numbers import offers_answered
from recruiting.jobs.models import Job
from tests.builders import MONDAY, a_recruiter, a_sourcer, moment
from tests.builders_funnel import A_DAY, a_hire, an_application, fresh
from tests.builders_jobs import an_open_job
from tests.builders_offers import an_offer_in, the_terms

pytestmark = pytest.mark.django_db

SINCE, UNTIL = MONDAY + timedelta(hours=36), MONDAY + A_DAY * 20


def numbers_of(job: Job, since=SINCE, until=UNTIL):
    lines = selectors_numbers.stage_numbers(selectors_numbers.counted_visits([job.pk]), since, until)
    return {line.stage: line for line in lines}


def test_each_stage_balances_over_a_window(recruiter):
    job = an_open_job()
    an_application(job=job, through="interview", by=recruiter)
    an_application(job=job, by=recruiter)
    leaving.leave(application=an_application(job=job, by=recruiter), by=recruiter, at=MONDAY + A_DAY * 5)

    told = numbers_of(job)

    sourcing, screening, interview = told["sourcing"].balance, told["screening"].balance, told["interview"].balance
    assert (sourcing.start, sourcing.entered, sourcing.left, sourcing.end) == (2, 0, 1, 1)
    assert (screening.start, screening.entered, screening.left, screening.end) == (1, 0, 1, 0)
    assert (interview.start, interview.entered, interview.left, interview.end) == (0, 1, 0, 1)
    assert all(line.balance.difference == 0 for line in told.values())


def test_the_decided_rate_is_of_the_visits_that_ended_in_the_window(recruiter):
    job = an_open_job()
    for _ in range(3):
        an_application(job=job, through="screening", by=recruiter)
    leaving.leave(application=an_application(job=job, by=recruiter), by=recruiter, at=MONDAY + A_DAY * 3)
    an_application(job=job, by=recruiter)

    assert numbers_of(job, since=MONDAY)["sourcing"].decided == Rate(3, 4)
    assert numbers_of(job, since=MONDAY)["hire"].decided.share is None


def test_voided_visits_and_class_a_count_nowhere(recruiter):
    job = an_open_job()
    wrong = an_application(job=job, through="interview", by=recruiter)
    services.correct_stage(application=wrong, to="sourcing", by=recruiter, at=MONDAY + A_DAY * 4)
    spam = an_application(job=job, through="screening", by=recruiter)
    leaving.leave(application=spam, by=recruiter, at=MONDAY + A_DAY * 5, is_counted=False)

    told = numbers_of(job, since=MONDAY)

    assert told["sourcing"].balance.entered == 1
    assert told["screening"].balance.entered == told["interview"].balance.entered == 0


def test_medians_are_of_elapsed_days_and_tell_who_left_apart(recruiter):
    job = an_open_job()
    for days in (1, 2, 6):
        an_application(job=job, through="screening", days_each=days, by=recruiter)
    leaving.leave(application=an_application(job=job, by=recruiter), by=recruiter, at=MONDAY + A_DAY * 9)

    time = numbers_of(job, since=MONDAY)["sourcing"].time

    assert (time.advanced.median, time.advanced.n) == (pytest.approx(2, abs=1e-4), 3)
    assert time.advanced.p75 == pytest.approx(4, abs=1e-4)
    assert (time.exited.median, time.exited.n, time.waiting) == (pytest.approx(9, abs=1e-4), 1, 0)


def test_a_cohort_is_judged_by_how_far_it_came_until_the_day_asked(recruiter):
    job = an_open_job()
    an_application(job=job, through="interview", by=recruiter)
    an_application(job=job, by=recruiter)
    visits = selectors_numbers.counted_visits([job.pk])
    window = (MONDAY - A_DAY, MONDAY + A_DAY)

    now = selectors_numbers.cohort(visits, *window)
    then = selectors_numbers.cohort(visits, *window, as_of=MONDAY + timedelta(hours=30))

    assert sorted((way.furthest_stage, way.n) for way in now) == [("interview", 1), ("sourcing", 1)]
    assert sorted((way.furthest_stage, way.n) for way in then) == [("screening", 1), ("sourcing", 1)]


def test_time_to_hire_begins_with_this_cycle_and_time_to_fill_with_the_opening(recruiter):
    job = an_open_job()
    a_hire(job=job, by=recruiter)
    visits, jobs = selectors_numbers.counted_visits([job.pk]), Job.objects.filter(pk=job.pk)

    assert selectors_numbers.times_to_hire(visits, MONDAY, UNTIL).median == pytest.approx(10, abs=1e-4)
    assert selectors_numbers.times_to_fill(jobs, MONDAY, UNTIL).median == pytest.approx(10, abs=1e-2)


def test_elapsed_days_are_the_same_in_the_database_and_in_python(recruiter):
    an_application(through="screening", days_each=2.75, by=recruiter)
    until = MONDAY + timedelta(days=3, hours=5, minutes=7)

    told = Visit.objects.filter(stage="sourcing").annotate(told=ElapsedDays("entered_at", until=until)).get().told

    assert float(told) == pytest.approx(3 + 5 / 24 + 7 / 1440, abs=1e-5)


def test_the_page_over_all_costs_a_fixed_number_of_queries(client, recruiter, django_assert_max_num_queries):
    now = timezone.now()
    for _ in range(4):
        an_application(through="interview", at=now - A_DAY * 10, by=recruiter)
    client.force_login(recruiter)

    with django_assert_max_num_queries(16):
        page = client.get(reverse("funnel:numbers"))

    assert [line.balance.difference for line in page.context["lines"]] == [0, 0, 0, 0]
    assert page.context["lines"][2].balance.end == 4


def test_a_job_s_numbers_are_a_strip_for_the_page_that_asks(client, recruiter):
    application = fresh(an_application(at=timezone.now() - A_DAY * 3, by=recruiter))
    client.force_login(recruiter)

    strip = client.get(reverse("funnel:job_numbers", args=[application.job_id]), headers={"HX-Request": "true"})

    assert "funnel/_strip.html" in [template.name for template in strip.templates]
    assert b"<html" not in strip.content


def test_an_interviewer_sees_no_numbers(client, interviewer):
    client.force_login(interviewer)

    assert client.get(reverse("funnel:numbers")).status_code == 403


# --- Offers -----------------------------------------------------------------------------------------------------------


def answered():
    """What the numbers say of everything answered in November."""
    told = offers_answered(Job.objects.all(), moment("2026-11-01"), moment("2026-12-01"))
    return (told.rate.passed, told.rate.n, told.rescinded, told.did_not_start)


def test_offers_are_counted_by_their_answer(recruiter, approver):
    for state in ("accepted", "declined", "expired", "rescinded", "extended", "draft"):
        an_offer_in(state, by=recruiter, approver=approver)

    assert answered() == (1, 3, 1, 0)


def test_of_several_offers_to_one_person_the_last_one_answered_counts(recruiter, approver):
    ran_out = an_offer_in("expired", by=recruiter, approver=approver)
    application = fresh(ran_out.application)
    draft = drafting.draft_offer(application=application, terms=the_terms(), by=recruiter, at=moment("2026-11-11"))
    assert answered() == (0, 1, 0, 0)  # a draft answers nothing

    offer = approving.ask_approval(offer=draft, approvers=[approver], by=recruiter, at=moment("2026-11-11"))
    offer = approving.approve_offer(offer=offer, by=approver, at=moment("2026-11-11"))
    offer = answering.extend_offer(offer=offer, by=recruiter, at=moment("2026-11-11"))
    answering.accept_offer(offer=offer, by=recruiter, at=moment("2026-11-12"))

    assert answered() == (1, 1, 0, 0)


def test_a_number_once_published_does_not_change_when_a_later_month_answers(recruiter, approver):
    ran_out = an_offer_in("expired", by=recruiter, approver=approver)
    december = moment("2026-12-02")
    offer = drafting.draft_offer(application=fresh(ran_out.application), terms=the_terms(), by=recruiter, at=december)
    offer = approving.ask_approval(offer=offer, approvers=[approver], by=recruiter, at=december)
    offer = approving.approve_offer(offer=offer, by=approver, at=december)
    offer = answering.extend_offer(offer=offer, by=recruiter, at=december)
    answering.accept_offer(offer=offer, by=recruiter, at=december)

    assert answered() == (0, 1, 0, 0)


def test_who_did_not_start_and_who_was_a_mistake_stand_apart(recruiter, approver):
    offer = an_offer_in("accepted", by=recruiter, approver=approver)
    leaving.did_not_start(application=fresh(offer.application), by=recruiter, at=moment("2026-11-20"))
    mistaken = an_offer_in("declined", by=recruiter, approver=approver)
    leaving.leave(application=fresh(mistaken.application), by=recruiter, at=MONDAY, is_counted=False)

    assert answered() == (0, 0, 0, 1)


@pytest.mark.parametrize(("make", "sees"), [(a_recruiter, True), (a_sourcer, False)])
def test_how_offers_are_answered_is_for_whoever_may_see_offers(client, make, sees):
    client.force_login(make())

    page = client.get(reverse("funnel:numbers"))

    assert ("Offers accepted" in page.content.decode()) is sees
