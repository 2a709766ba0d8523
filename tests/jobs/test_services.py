from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs import selectors, services
from recruiting.jobs.models import Job, JobFamily, JobState, Level, Opening, PipelineTemplate, Seat, Step, TemplateStep
from tests.builders import (
    MONDAY,
    a_lead,
    a_manager,
    a_recruiter,
    a_sourcer,
    an_approver,
    an_interviewer,
    at_once,
    moment,
)
from tests.builders_jobs import a_draft, a_family, an_open_job

pytestmark = pytest.mark.django_db

TUESDAY = moment("2026-11-03")


def verbs_of(job: Job) -> list[str]:
    return list(Event.objects.filter(job=job.pk).order_by("id").values_list("verb", flat=True))


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


# --- Drafting -----------------------------------------------------------------------------------------------------


def test_a_draft_has_the_templates_steps_as_its_own_and_its_recruiter_seated():
    job = a_draft()

    names = list(job.steps.values_list("name_ja", flat=True))
    assert names[2] == "書類選考"
    assert names[-1] == "内定承諾"
    assert [step.name_en for step in job.steps.filter(is_final=True)] == ["Final interview"]
    assert list(selectors.seats_of(job).values_list("user", "seat")) == [(job.recruiter_id, Seat.RECRUITER)]
    assert job.openings.get().state == "asked"


def test_renaming_a_template_later_changes_no_job():
    job = a_draft(pipeline="simple")
    TemplateStep.objects.filter(template__key="simple").update(name_en="Other")

    assert not job.steps.filter(name_en="Other").exists()


@pytest.mark.parametrize("wrong", [{"title": "  "}, {"openings": 0}, {"band_min": 9, "band_max": 8}])
def test_a_draft_without_sense_is_refused(wrong):
    with pytest.raises(Refused):
        a_draft(**wrong)


def test_an_imported_job_is_made_closed(recruiter):
    job = services.import_job(title="Old job", by=recruiter, at=MONDAY, family=a_family())

    assert (job.state, job.is_imported, job.steps.count()) == (JobState.CANCELLED, True, 4)


# --- Approval -----------------------------------------------------------------------------------------------------


def test_a_recruiter_does_not_approve_their_own_job(recruiter):
    job = a_draft(recruiter=recruiter)

    with pytest.raises(Refused, match="Only an approver"):
        services.approve_job(job=job, by=recruiter, at=MONDAY)
    assert now(job).state == "draft"


def test_recruiters_approve_where_the_house_says_so(recruiter, settings):
    settings.RECRUITERS_APPROVE_JOBS = True
    job = a_draft(recruiter=recruiter)

    assert services.approve_job(job=job, by=recruiter, at=MONDAY).state == "open"


def test_whoever_holds_the_approvers_seat_approves_and_so_does_their_deputy():
    job, other = a_draft(), a_draft()
    manager, deputy = a_manager(), an_interviewer()
    for each in (job, other):
        services.seat_user(job=each, user=manager, seat=Seat.APPROVER, by=None, at=MONDAY)
    services.seat_user(job=other, user=deputy, seat=Seat.APPROVER, by=None, at=MONDAY, deputy_for=manager)

    services.approve_job(job=job, by=manager, at=TUESDAY)
    services.approve_job(job=other, by=deputy, at=TUESDAY)

    assert now(job).approved_by == manager
    assert now(other).approved_by == deputy


def test_approval_opens_every_opening_asked_for_and_says_so_once(lead):
    job = a_draft(openings=2)

    services.approve_job(job=job, by=lead, at=TUESDAY)

    job = now(job)
    assert (job.state, job.approved_at, job.opened_at) == ("open", TUESDAY, TUESDAY)
    assert set(job.openings.values_list("state", flat=True)) == {"open"}
    assert job.current_opening == job.openings.last()
    assert verbs_of(job).count("job.opened") == 1


def test_the_second_of_two_approvers_is_told_somebody_was_faster(lead):
    seen_by_first, seen_by_second = (job := a_draft()), Job.objects.get(pk=job.pk)
    services.approve_job(job=seen_by_first, by=lead, at=TUESDAY)

    with pytest.raises(Refused) as refused:
        services.approve_job(job=seen_by_second, by=a_lead(), at=TUESDAY)

    assert refused.value.code == "moved"
    assert now(job).approved_by == lead


def test_a_further_opening_waits_for_the_approver_too(recruiter, lead):
    job = an_open_job()
    opening = services.add_opening(job=job, by=recruiter, at=TUESDAY)
    with pytest.raises(Refused, match="Only an approver"):
        services.approve_opening(opening=opening, by=recruiter, at=TUESDAY)

    services.approve_opening(opening=opening, by=lead, at=TUESDAY)

    assert now(job).current_opening == opening
    assert now(job).opened_at == TUESDAY
    assert verbs_of(job)[-1] == "job.opening_opened"


def test_what_waits_for_an_approver_is_found(approver, lead):
    asked, quiet = a_draft("Asked"), a_draft("Quiet")
    for job in (asked, quiet):
        services.seat_user(job=job, user=approver, seat=Seat.APPROVER, by=None, at=MONDAY)
    services.ask_approval(job=asked, by=None, at=MONDAY)

    assert list(selectors.waiting_for_approval(approver)) == [asked]
    assert list(selectors.waiting_for_approval(lead)) == [asked]
    assert list(selectors.waiting_for_approval(an_approver())) == []


# --- Openings -----------------------------------------------------------------------------------------------------


def test_a_hire_takes_the_opening_that_waited_longest_and_the_last_one_asks_whether_the_job_is_filled(lead):
    job = an_open_job(openings=2)
    first, second = job.openings.all()

    assert services.fill_opening(job=job, by=lead, at=TUESDAY) == first
    assert not selectors.seems_filled(job)
    assert services.fill_opening(job=job, by=lead, at=TUESDAY) == second
    assert selectors.seems_filled(job)
    assert now(job).current_opening is None
    with pytest.raises(Refused, match="no open opening"):
        services.fill_opening(job=job, by=lead, at=TUESDAY)


def test_an_opening_whose_hire_did_not_start_is_open_again(lead):
    job = an_open_job()
    filled = services.fill_opening(job=job, by=lead, at=TUESDAY)

    services.reopen_opening(opening=filled, by=lead, at=TUESDAY)

    assert now(job).current_opening == filled
    assert Opening.objects.get(pk=filled.pk).filled_at is None


def test_days_on_hold_come_off_the_time_an_opening_took(lead):
    job = an_open_job()
    services.mark_held(job=job, by=lead, at=MONDAY + timedelta(days=5))
    services.mark_resumed(job=now(job), by=lead, at=MONDAY + timedelta(days=12))

    assert job.openings.get().held_days == pytest.approx(7)
    assert now(job).opened_at == MONDAY + timedelta(days=12)


def test_a_draft_keeps_at_least_one_opening():
    job = a_draft()

    with pytest.raises(Refused, match="at least one"):
        services.withdraw_opening(opening=job.openings.get(), by=None, at=MONDAY)


# --- States -------------------------------------------------------------------------------------------------------


def test_closing_closes_what_nobody_filled_and_re_opening_opens_it_again(lead):
    job = an_open_job(openings=2)
    services.fill_opening(job=job, by=lead, at=MONDAY)
    services.mark_closed(job=job, state="filled", by=lead, at=TUESDAY)
    assert sorted(job.openings.values_list("state", flat=True)) == ["closed", "filled"]
    assert now(job).current_opening is None

    services.mark_reopened(job=now(job), by=a_recruiter(), at=TUESDAY + timedelta(days=1))

    assert sorted(job.openings.values_list("state", flat=True)) == ["filled", "open"]
    assert now(job).current_opening == job.openings.get(state="open")
    assert now(job).closed_at is None


def test_re_opening_a_job_whose_every_seat_is_taken_needs_an_approver(recruiter, lead):
    job = an_open_job()
    services.fill_opening(job=job, by=lead, at=MONDAY)
    services.mark_closed(job=job, state="filled", by=lead, at=TUESDAY)
    with pytest.raises(Refused, match="Only an approver"):
        services.mark_reopened(job=now(job), by=recruiter, at=TUESDAY)

    services.mark_reopened(job=now(job), by=lead, at=TUESDAY)

    assert sorted(job.openings.values_list("state", flat=True)) == ["filled", "open"]


@pytest.mark.parametrize(
    ("state", "verb"),
    [("draft", "mark_held"), ("draft", "mark_resumed"), ("open", "mark_resumed"), ("open", "mark_reopened")],
)
def test_a_job_moves_only_along_its_own_ways(state, verb, lead):
    job = a_draft() if state == "draft" else an_open_job()

    with pytest.raises(Refused) as refused:
        getattr(services, verb)(job=job, by=lead, at=TUESDAY)

    assert refused.value.code == "not_from_here"
    assert now(job).state == state


# --- Terms and requirements ---------------------------------------------------------------------------------------


def test_saving_the_same_terms_again_is_no_news(recruiter):
    job = an_open_job(band_min=Decimal(8_000_000), places=["Tokyo"])
    same = {"band_min": 8_000_000, "places": ["Tokyo", " Tokyo "], "title": job.title}

    services.edit_job(job=job, changes=same, by=recruiter, at=TUESDAY)

    assert now(job).terms_changed_at is None
    assert verbs_of(job)[-1] == "job.opened"


def test_a_raised_band_is_news_and_a_new_title_is_none(recruiter):
    job = an_open_job()
    services.edit_job(job=job, changes={"title": "Platform engineer"}, by=recruiter, at=TUESDAY)
    assert now(job).terms_changed_at is None

    services.edit_job(job=job, changes={"band_max": Decimal(11_500_000)}, by=recruiter, at=TUESDAY)

    assert now(job).terms_changed_at == TUESDAY
    assert verbs_of(job)[-2:] == ["job.edited", "job.terms_changed"]


def test_a_requirement_is_found_by_any_of_its_names_and_an_unknown_word_stays_visible():
    job = an_open_job(asks=("golang", "Basket weaving"))

    skill, word = selectors.requirements_of(job)
    assert (skill.skill.key, skill.term) == ("go", "")
    assert (word.skill, word.term) == (None, "Basket weaving")
    with pytest.raises(Refused, match="already asks"):
        services.add_requirement(job=job, term="Go", by=None, at=TUESDAY)


def test_only_a_real_change_of_the_must_haves_moves_what_the_job_asks():
    job = an_open_job(asks=(("Python", 3), ("AWS", None, False)))
    asked_at = now(job).asks_changed_at
    python, aws = selectors.requirements_of(job)
    services.change_requirement(requirement=python, level=3, is_must=True, by=None, at=TUESDAY)
    services.change_requirement(requirement=aws, level=2, is_must=False, by=None, at=TUESDAY)
    assert now(job).asks_changed_at == asked_at

    services.change_requirement(requirement=python, level=2, is_must=True, by=None, at=TUESDAY)

    assert now(job).asks_changed_at == TUESDAY
    assert verbs_of(job)[-1] == "job.asks_changed"


def test_dropping_a_must_have_is_news_and_happens_once():
    job = an_open_job(asks=("Python",))
    python = selectors.requirements_of(job).get()
    services.drop_requirement(requirement=python, by=None, at=TUESDAY)

    assert now(job).asks_changed_at == TUESDAY
    with pytest.raises(Refused, match="already dropped"):
        services.drop_requirement(requirement=python, by=None, at=TUESDAY)


def test_a_level_that_a_skill_does_not_have_is_refused():
    with pytest.raises(Refused, match="level"):
        an_open_job(asks=(("Python", 6),))


# --- Steps --------------------------------------------------------------------------------------------------------


def test_steps_are_numbered_through_the_stages_whatever_is_added_or_retired():
    job = a_draft(pipeline="simple")
    added = services.add_step(job=job, stage="screening", name_en="Call", name_ja="", by=None, at=MONDAY)
    assert [step.name_en for step in selectors.current_steps(job)] == [
        "Found",
        "Screening",
        "Call",
        "Interview",
        "Offer",
    ]
    assert added.name_ja == "Call"

    services.place_step(step=added, later=False, by=None, at=MONDAY)
    services.retire_step(step=job.steps.get(name_en="Screening"), by=None, at=MONDAY)

    steps = list(selectors.current_steps(job))
    assert [step.name_en for step in steps] == ["Found", "Call", "Interview", "Offer"]
    assert [step.position for step in steps] == [1, 2, 3, 4]
    with pytest.raises(Refused, match="only step"):
        services.retire_step(step=Step.objects.get(pk=added.pk), by=None, at=MONDAY)


def test_the_seed_only_adds():
    Level.objects.filter(pk=4).update(name_en="Expert")

    assert services.seed_jobs() == 0
    assert Level.objects.get(pk=4).name_en == "Expert"
    assert (JobFamily.objects.count(), Level.objects.count(), PipelineTemplate.objects.count()) == (14, 8, 4)


# --- Races --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_approves():
    job = a_draft()
    mine, yours = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    me, you = a_lead(), a_lead()

    said = at_once(
        lambda: services.approve_job(job=mine, by=me, at=TUESDAY),
        lambda: services.approve_job(job=yours, by=you, at=TUESDAY),
    )

    assert said == ["", "moved"]
    assert verbs_of(job).count("job.opened") == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_hires_at_once_for_the_last_opening_one_is_refused():
    job, by = an_open_job(), a_sourcer()

    said = at_once(
        lambda: services.fill_opening(job=now(job), by=by, at=TUESDAY),
        lambda: services.fill_opening(job=now(job), by=by, at=TUESDAY),
    )

    assert said == ["", "no_opening"]
