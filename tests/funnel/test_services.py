from __future__ import annotations

from datetime import timedelta

import pytest

from funnel import leaving, services
from funnel.models import Application, Visit
from funnel.selectors import candidates_visible_to, other_live_applications
from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from recruiting.jobs.models import Opening
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_funnel import (
    A_DAY,
    a_held_application,
    a_hire,
    an_application,
    an_ended_application,
    fresh,
)
from tests.builders_jobs import a_draft, an_open_job

pytestmark = pytest.mark.django_db


def stays(application: Application) -> list[tuple[str, str, bool]]:
    rows = Visit.objects.filter(application=application).order_by("id")
    return [(visit.stage, visit.ended_as, visit.is_voided) for visit in rows]


# --- Entering ---------------------------------------------------------------------------------------------------------


def test_whoever_enters_a_funnel_stands_in_its_first_column_with_one_open_visit(recruiter):
    application = an_application(by=recruiter)

    assert (application.stage, application.outcome, application.cycle) == ("sourcing", "active", 1)
    assert application.step.position == min(application.job.steps.values_list("position", flat=True))
    assert stays(application) == [("sourcing", "", False)]
    assert Event.objects.get(subject="application").verb == "application.opened"
    assert OutboxMessage.objects.filter(topic="application.opened").count() == 1


def test_a_person_is_in_a_job_s_funnel_only_once_at_a_time(recruiter):
    first = an_application(by=recruiter)

    with pytest.raises(Refused, match="already in the funnel"):
        services.open_application(candidate=first.candidate, job=first.job, by=recruiter, at=MONDAY)


def test_a_job_that_is_not_open_takes_nobody_in(recruiter):
    with pytest.raises(Refused, match="takes nobody in"):
        services.open_application(candidate=a_candidate(), job=a_draft(), by=recruiter, at=MONDAY)


def test_a_return_counts_the_next_cycle_and_an_application_beside_it_keeps_it(recruiter):
    left = an_ended_application(by=recruiter)

    returned = services.open_application(
        candidate=left.candidate, job=left.job, by=recruiter, at=MONDAY, stage="interview", previous=left
    )
    beside = services.open_application(candidate=left.candidate, job=an_open_job(), by=recruiter, at=MONDAY)

    assert (returned.cycle, returned.is_recycled, returned.first_stage) == (2, True, "interview")
    assert (beside.cycle, beside.is_recycled) == (2, False)
    assert Visit.objects.get(application=returned).is_recycled


# --- Forward ----------------------------------------------------------------------------------------------------------


def test_over_one_border_the_old_visit_ends_with_its_days_and_the_new_one_opens(recruiter):
    application = an_application(by=recruiter)

    services.advance_application(application=application, by=recruiter, at=MONDAY + A_DAY * 3)

    now = fresh(application)
    assert (now.stage, now.furthest_stage, now.version) == ("screening", "screening", 2)
    assert stays(now) == [("sourcing", "advanced", False), ("screening", "", False)]
    assert Visit.objects.get(stage="sourcing").days == pytest.approx(3, abs=1e-5)
    event = Event.objects.get(verb="application.advanced")
    assert (event.from_state, event.to_state, event.data["handoff"]) == ("sourcing", "screening", "direct")


def test_a_skip_leaves_no_visit_for_what_was_skipped_and_the_event_names_it(recruiter):
    application = an_application(by=recruiter)

    services.advance_application(application=application, to="hire", by=recruiter, at=MONDAY + A_DAY)

    assert stays(application) == [("sourcing", "advanced", False), ("hire", "", False)]
    assert fresh(application).furthest_stage == "hire"
    assert Event.objects.get(verb="application.advanced").data["skipped"] == ["screening", "interview"]


def test_inside_a_stage_only_the_column_changes(recruiter):
    application = an_application(through="interview", by=recruiter)
    final = application.job.steps.filter(stage="interview").last()

    services.move_to_step(application=application, step=final, by=recruiter, at=MONDAY + A_DAY * 5)

    now = fresh(application)
    assert (now.step, now.stage, now.stage_since) == (final, "interview", MONDAY + A_DAY * 2)
    assert Visit.objects.filter(application=now, ended_as="").count() == 1


def test_a_column_of_another_job_is_refused(recruiter):
    application = an_application(by=recruiter)
    elsewhere = an_open_job().steps.first()

    with pytest.raises(Refused, match="another job"):
        services.move_to_step(application=application, step=elsewhere, by=recruiter, at=MONDAY)


def test_one_move_costs_at_most_eight_queries(recruiter, django_assert_max_num_queries):
    application = fresh(an_application(by=recruiter))
    step = application.job.steps.filter(stage="screening").first()

    with django_assert_max_num_queries(8):
        services.advance_application(application=application, step=step, by=recruiter, at=MONDAY + A_DAY)


# --- Back -------------------------------------------------------------------------------------------------------------


def test_a_corrected_mistake_counts_nowhere_and_the_earlier_visit_continues(recruiter):
    application = an_application(through="interview", by=recruiter)

    services.correct_stage(application=application, to="screening", by=recruiter, at=MONDAY + A_DAY * 4)

    now = fresh(application)
    assert (now.stage, now.furthest_stage, now.stage_since) == ("screening", "screening", MONDAY + A_DAY)
    assert stays(now) == [("sourcing", "advanced", False), ("screening", "", False), ("interview", "corrected", True)]
    assert Visit.objects.get(stage="screening").days is None


def test_correcting_into_a_skipped_stage_starts_there_when_the_wrong_visit_did(recruiter):
    application = an_application(by=recruiter)
    services.advance_application(application=application, to="interview", by=recruiter, at=MONDAY + A_DAY)

    services.correct_stage(application=application, to="screening", by=recruiter, at=MONDAY + A_DAY * 4)

    standing = Visit.objects.get(application=application, ended_as="")
    assert (standing.stage, standing.entered_at) == ("screening", MONDAY + A_DAY)


def test_correcting_the_entry_itself_changes_where_they_began(recruiter):
    application = an_application(start="interview", through="interview", by=recruiter)

    services.correct_stage(application=application, to="sourcing", by=recruiter, at=MONDAY + A_DAY)

    now = fresh(application)
    assert (now.first_stage, now.furthest_stage, now.stage_since) == ("sourcing", "sourcing", MONDAY)


def test_whoever_steps_back_has_still_been_that_far(recruiter):
    application = an_application(through="interview", by=recruiter)

    services.step_back(application=application, to="screening", by=recruiter, at=MONDAY + A_DAY * 4)

    now = fresh(application)
    assert (now.stage, now.furthest_stage) == ("screening", "interview")
    assert stays(now)[-2:] == [("interview", "stepped_back", False), ("screening", "", False)]


# --- Holding ----------------------------------------------------------------------------------------------------------


def test_a_hold_needs_a_reason_and_a_day_within_ninety(recruiter):
    application = an_application(by=recruiter)
    terms = {"application": application, "by": recruiter, "at": MONDAY}

    with pytest.raises(Refused, match="Say why"):
        services.hold_application(until=(MONDAY + A_DAY).date(), reason=" ", **terms)
    with pytest.raises(Refused, match="at most 90 days"):
        services.hold_application(until=(MONDAY + A_DAY * 91).date(), reason="Holiday", **terms)


def test_who_is_on_hold_does_not_move_and_their_time_in_stage_runs_on(recruiter):
    application = a_held_application(by=recruiter)

    with pytest.raises(Refused, match="on hold"):
        services.advance_application(application=application, by=recruiter, at=MONDAY + A_DAY)
    now = services.resume_application(application=fresh(application), by=recruiter, at=MONDAY + A_DAY * 5)

    assert (now.outcome, now.hold_until, now.hold_reason, now.stage_since) == ("active", None, "", MONDAY)


# --- Hiring -----------------------------------------------------------------------------------------------------------


def test_a_hire_fills_an_opening_and_the_person_works_here_from_that_day(recruiter):
    hired = a_hire(by=recruiter)

    now = fresh(hired)
    assert (now.outcome, now.stage, now.ended_at) == ("hired", "hire", MONDAY + A_DAY * 10)
    assert now.candidate.employed_on == (MONDAY + A_DAY * 70).date()
    assert Opening.objects.get(pk=now.opening_id).state == "filled"
    assert stays(now)[-1] == ("hire", "hired", False)


def test_nobody_is_hired_before_the_stage_hire(recruiter):
    application = an_application(through="interview", by=recruiter)

    with pytest.raises(Refused, match="From Interview"):
        services.hire_application(application=application, starts_on=MONDAY.date(), by=recruiter, at=MONDAY + A_DAY * 9)

    assert not Opening.objects.filter(state="filled").exists()


def test_the_hired_person_s_other_ways_are_named_for_ending(recruiter):
    elsewhere = an_application(by=recruiter)

    hired = a_hire(candidate=elsewhere.candidate, by=recruiter)

    assert list(other_live_applications(hired)) == [elsewhere]


def test_whoever_did_not_start_frees_the_opening(recruiter):
    hired = a_hire(by=recruiter)

    leaving.did_not_start(application=hired, by=recruiter, at=MONDAY + A_DAY * 71)

    now = fresh(hired)
    assert (now.outcome, now.opening, now.candidate.employed_on) == ("exited", None, None)
    assert not Opening.objects.filter(job=now.job, state="filled").exists()
    with pytest.raises(Refused, match="no exit to undo"):
        leaving.undo_leave(application=now, by=recruiter, at=MONDAY + A_DAY * 72)


# --- Leaving ----------------------------------------------------------------------------------------------------------


def test_an_exit_keeps_the_stage_and_ends_the_visit(recruiter):
    left = an_ended_application(through="interview", by=recruiter)

    now = fresh(left)
    assert (now.stage, now.outcome) == ("interview", "exited")
    assert stays(now)[-1] == ("interview", "exited", False)


def test_an_undone_exit_lets_the_visit_continue_from_its_first_day(recruiter):
    left = an_ended_application(through="interview", by=recruiter)

    leaving.undo_leave(application=left, by=recruiter, at=MONDAY + A_DAY * 12)

    standing = Visit.objects.get(application=left, ended_as="")
    assert (standing.stage, standing.entered_at, standing.days) == ("interview", MONDAY + A_DAY * 2, None)
    assert (fresh(left).outcome, fresh(left).ended_at) == ("active", None)


def test_an_exit_older_than_thirty_days_stays(recruiter):
    left = an_ended_application(by=recruiter)

    with pytest.raises(Refused, match="older than 30 days"):
        leaving.undo_leave(application=left, by=recruiter, at=MONDAY + A_DAY * 40)


def test_an_administrative_exit_counts_nowhere_until_it_is_undone(recruiter):
    application = an_application(through="interview", by=recruiter)

    leaving.leave(application=application, by=recruiter, at=MONDAY + A_DAY * 5, is_counted=False)
    assert not Visit.objects.filter(application=application, is_counted=True).exists()

    leaving.undo_leave(application=application, by=recruiter, at=MONDAY + A_DAY * 6)
    assert not Visit.objects.filter(application=application, is_counted=False).exists()


# --- Two at once, and who may -----------------------------------------------------------------------------------------


def test_the_second_of_two_recruiters_is_told_who_moved_the_card_and_when(recruiter):
    application = an_application(by=recruiter)
    seen_by_second = fresh(application)
    kobayashi = a_recruiter(family_name="小林", given_name="", name_lang="ja")
    kobayashi.given_name = ""
    services.advance_application(application=application, by=kobayashi, at=MONDAY + A_DAY)
    count = Event.objects.count()

    with pytest.raises(Refused, match=r"小林.* moved .* to .* 20 seconds ago. Nothing was changed."):
        services.advance_application(
            application=seen_by_second, by=recruiter, at=MONDAY + A_DAY + timedelta(seconds=20)
        )

    assert Event.objects.count() == count
    assert len(stays(application)) == 2


def test_a_card_seen_before_the_last_change_is_refused(recruiter):
    application = an_application(by=recruiter)
    services.advance_application(application=application, by=recruiter, at=MONDAY + A_DAY)

    with pytest.raises(Refused) as refusal:
        services.advance_application(application=fresh(application), by=recruiter, at=MONDAY + A_DAY, seen_version=1)

    assert refusal.value.code == "moved"


def test_an_interviewer_moves_nobody(interviewer):
    application = an_application()

    with pytest.raises(Refused):
        services.advance_application(application=application, by=interviewer, at=MONDAY)


def test_a_manager_reaches_only_the_people_of_their_own_jobs(recruiter, manager):
    mine, foreign = an_application(by=recruiter), an_application(by=recruiter)
    seat_user(job=mine.job, user=manager, seat="hiring_manager", by=recruiter, at=MONDAY)

    assert list(candidates_visible_to(manager)) == [mine.candidate]
    assert list(Application.objects.visible_to(manager)) == [mine]
    assert set(candidates_visible_to(recruiter)) == {mine.candidate, foreign.candidate}
