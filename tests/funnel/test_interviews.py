"""Planning interviews: who is told, when calendars follow, whose clock runs, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from funnel.interviews import checks, planning, selectors
from funnel.interviews.terms import Terms
from funnel.leaving import leave
from funnel.models import Interview, Interviewer, InterviewState
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobSeat, Seat
from recruiting.notices.models import Mail
from tests.builders import TOKYO, a_manager, a_recruiter, an_interviewer, at_once, moment
from tests.builders_funnel import an_application, an_ended_application, fresh
from tests.builders_interviews import ENDS, STARTS, an_interview, now_of, some_terms

pytestmark = pytest.mark.django_db
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
BEFORE = STARTS - A_DAY


def changed(interview, *interviewers, at=BEFORE + AN_HOUR, by=None, **more):
    now = now_of(interview)
    users = interviewers or tuple(row.user for row in now.interviewers.select_related("user"))
    names = ("starts_at", "minutes", "place", "video_url", "title", "note")
    terms = some_terms(*users, **{**{name: getattr(now, name) for name in names}, **more})
    return planning.change_interview(interview=now, terms=terms, by=by or a_recruiter(), at=at)


def verbs():
    return list(Event.objects.filter(verb__startswith="interview.").order_by("pk").values_list("verb", flat=True))


# --- Planning ---------------------------------------------------------------------------------------------------------


def test_whoever_asks_is_invited_once_in_their_own_words():
    ken = an_interviewer(language="ja", time_zone="Asia/Tokyo", email="ken@kanryu.test")
    ada = an_interviewer(time_zone="America/New_York", email="ada@kanryu.test")

    an_interview(interviewers=(ken, ada), place="HQ")

    letters = {mail.to: mail for mail in Mail.objects.all()}
    assert set(letters) == {"ken@kanryu.test", "ada@kanryu.test"}
    assert "2026年11月10日（火）14:00〜15:00（日本時間）" in letters["ken@kanryu.test"].text
    assert "00:00–01:00 (America/New_York, UTC-5)".replace("-5", "−5") in letters["ada@kanryu.test"].text
    assert {mail.invitation_method for mail in letters.values()} == {"REQUEST"}
    assert all(mail.html for mail in letters.values())


def test_whoever_asks_can_see_the_job():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    assert JobSeat.objects.get(job=interview.job, user=user, until=None).seat == Seat.INTERVIEWER
    assert Interview.objects.visible_to(user).get() == interview


def test_whoever_has_a_seat_gets_no_other():
    manager = a_manager()
    application = an_application(through="interview")
    an_interview(application=application, interviewers=(manager,))
    an_interview(application=application, interviewers=(manager,), starts_at=STARTS + A_DAY)

    assert JobSeat.objects.filter(job=application.job, user=manager, until=None).count() == 1


def test_feedback_is_due_in_the_working_hours_after_the_end():
    """It ends at 15:00: four hours are 18:00 less an hour, so 10:00 the next morning; eight are 15:00."""
    seat = an_interview().interviewers.get()

    assert (seat.feedback_warn_at, seat.feedback_miss_at) == (
        moment("2026-11-11", "10:00"),
        moment("2026-11-11", "15:00"),
    )


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"starts_at": BEFORE - AN_HOUR}, "past"),
        ({"minutes": 3}, "invalid"),
        ({"minutes": 601}, "invalid"),
        ({"video_url": "http://meet.test/x"}, "invalid"),
        ({"video_url": "javascript:alert(1)"}, "invalid"),
        ({"video_url": "https://"}, "invalid"),
        ({"interviewers": ()}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused(terms, code):
    application = an_application(through="interview")
    wanted = {"starts_at": STARTS, "minutes": 60, "interviewers": (an_interviewer(),), **terms}

    with pytest.raises(Refused) as refused:
        planning.plan_interview(application=application, terms=Terms(**wanted), by=a_recruiter(), at=BEFORE)

    assert refused.value.code == code
    assert not Interview.objects.exists()
    assert not Mail.objects.exists()


def test_nobody_who_left_is_met():
    with pytest.raises(Refused) as refused:
        an_interview(application=an_ended_application(through="interview"))

    assert refused.value.code == "not_live"


def test_whoever_left_the_house_asks_nobody():
    gone = an_interviewer(is_active=False)

    with pytest.raises(Refused) as refused:
        an_interview(interviewers=(gone,))

    assert refused.value.code == "inactive"


def test_what_already_took_place_is_recorded_without_letters_and_owes_feedback_from_now():
    application = an_application(through="interview")
    now = STARTS + A_DAY * 20

    interview = planning.plan_interview(
        application=application, terms=some_terms(), by=a_recruiter(), at=now, took_place=True
    )

    assert interview.state == InterviewState.HELD
    assert not Mail.objects.exists()
    assert interview.interviewers.get().feedback_warn_at > now
    assert verbs() == ["interview.held"]


def test_what_is_still_to_come_has_not_taken_place():
    with pytest.raises(Refused):
        planning.plan_interview(
            application=an_application(through="interview"),
            terms=some_terms(),
            by=a_recruiter(),
            at=BEFORE,
            took_place=True,
        )


def test_double_bookings_and_days_off_are_said_and_not_refused():
    user = an_interviewer(family_name="Mori", given_name="Ken")
    an_interview(interviewers=(user,))
    elsewhere = an_application(through="interview")
    half_past = some_terms(user, starts_at=STARTS + AN_HOUR / 2)

    said = checks.worth_knowing(elsewhere, half_past, zone=TOKYO)
    after_it = checks.worth_knowing(elsewhere, some_terms(user, starts_at=ENDS), zone=TOKYO)
    sunday = checks.worth_knowing(elsewhere, some_terms(user, starts_at=moment("2026-11-15")), zone=TOKYO)
    planned = an_interview(application=elsewhere, interviewers=(user,), starts_at=STARTS + AN_HOUR / 2)

    assert said == ["Ken Mori already has an interview then: 14:00–15:00."]
    assert after_it == []
    assert sunday == ["Ken Mori does not work on that day."]
    assert planned.pk


def test_an_interview_does_not_collide_with_itself():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    assert checks.worth_knowing(interview.application, some_terms(user), zone=TOKYO, but=interview) == []


def test_a_candidate_cannot_be_in_two_places_either():
    interview = an_interview()

    (said,) = checks.worth_knowing(interview.application, some_terms(), zone=TOKYO)

    assert interview.application.candidate.name in said


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_a_moved_interview_moves_in_every_calendar_and_its_clocks():
    interview = an_interview()
    Interviewer.objects.update(warned_at=STARTS)

    moved = changed(interview, starts_at=STARTS + A_DAY)

    assert moved.sequence == 1
    newest = Mail.objects.order_by("-pk").first()
    assert (newest.invitation_method, "SEQUENCE:1" in newest.invitation) == ("REQUEST", True)
    seat = moved.interviewers.get()
    assert (seat.warned_at, seat.feedback_miss_at) == (None, moment("2026-11-12", "15:00"))
    assert Event.objects.get(verb="interview.changed").data["changed"] == ["starts_at"]


def test_a_note_for_the_interviewers_troubles_no_calendar():
    interview = an_interview()

    noted = changed(interview, note="Ask about Go")

    assert (noted.sequence, noted.note, Mail.objects.count()) == (0, "Ask about Go", 1)


def test_who_no_longer_asks_is_called_off_and_who_newly_asks_is_invited():
    stays, goes, comes = an_interviewer(), an_interviewer(), an_interviewer()
    interview = an_interview(interviewers=(stays, goes))
    was = interview.interviewers.get(user=stays)

    changed(interview, stays, comes)

    newest = {
        mail.user: mail.invitation_method
        for mail in Mail.objects.filter(key__startswith=f"interview:{interview.pk}:1:")
    }
    assert newest == {stays: "REQUEST", comes: "REQUEST", goes: "CANCEL"}
    assert {row.user for row in interview.interviewers.all()} == {stays, comes}
    assert interview.interviewers.get(user=stays) == was


def test_the_second_of_two_who_change_reads_who_was_first():
    interview = an_interview()
    seen_at = now_of(interview).changed_at
    changed(interview, place="HQ", by=a_recruiter(given_name="Mio"))

    with pytest.raises(Refused) as refused:
        planning.change_interview(
            interview=interview, terms=some_terms(), by=a_recruiter(), at=BEFORE + AN_HOUR * 2, seen_at=seen_at
        )

    assert refused.value.code == "moved"
    assert "Mio" in refused.value.message


@pytest.mark.django_db(transaction=True)
def test_of_two_who_cancel_at_once_one_wins():
    interview = an_interview()
    seen_at, one, other = now_of(interview).changed_at, a_recruiter(), a_recruiter()

    def cancel(user):
        return lambda: planning.cancel_interview(
            interview=interview, by=user, at=BEFORE + AN_HOUR, why="No room", seen_at=seen_at
        )

    assert at_once(cancel(one), cancel(other)) == ["", "moved"]
    assert Mail.objects.filter(invitation_method="CANCEL").count() == 1


# --- How it ends ------------------------------------------------------------------------------------------------------


def test_a_cancelled_interview_leaves_every_calendar_and_can_be_put_back():
    interview = an_interview()
    by = a_recruiter()

    planning.cancel_interview(interview=interview, by=by, at=BEFORE + AN_HOUR, why="No room")
    assert Mail.objects.filter(invitation_method="CANCEL").count() == 1
    planning.undo_interview(interview=interview, by=by, at=BEFORE + AN_HOUR + timedelta(seconds=9))

    again = now_of(interview)
    assert (again.state, again.sequence, again.ended_why) == (InterviewState.PLANNED, 2, "")


def test_nothing_is_put_back_after_a_minute():
    interview = an_interview()
    planning.cancel_interview(interview=interview, by=a_recruiter(), at=BEFORE)

    with pytest.raises(Refused) as refused:
        planning.undo_interview(interview=interview, by=a_recruiter(), at=BEFORE + timedelta(seconds=61))

    assert refused.value.code == "too_late"


def test_what_is_over_is_cancelled_without_letters():
    interview = an_interview()

    planning.cancel_interview(interview=interview, by=a_recruiter(), at=ENDS + AN_HOUR)

    assert not Mail.objects.filter(invitation_method="CANCEL").exists()


@pytest.mark.parametrize("end", [planning.hold_interview, planning.record_no_show])
def test_nothing_became_of_an_interview_before_it_began(end):
    interview = an_interview()

    with pytest.raises(Refused) as refused:
        end(interview=interview, by=a_recruiter(), at=STARTS - timedelta(minutes=1))

    assert refused.value.code == "not_yet"


def test_whoever_did_not_appear_is_assessed_by_nobody():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    planning.record_no_show(interview=interview, by=a_recruiter(), at=ENDS, why="No call")

    assert not selectors.scorecards_owed(user, ENDS + A_DAY).exists()
    assert Event.objects.get(verb="interview.missed").why == "No call"
    with pytest.raises(Refused):
        planning.cancel_interview(interview=interview, by=a_recruiter(), at=ENDS)


def test_an_interview_held_is_movement_of_the_card():
    interview = an_interview()

    planning.hold_interview(interview=interview, by=a_recruiter(), at=ENDS)

    assert fresh(interview.application).last_moved_at == ENDS


def test_when_the_application_ends_what_was_planned_leaves_the_calendars():
    interview = an_interview()
    past = an_interview(application=interview.application, starts_at=BEFORE, at=BEFORE - A_DAY)

    ended = planning.cancel_planned_of(applications=[interview.application], by=None, at=BEFORE + AN_HOUR)

    assert (ended, now_of(interview).state, now_of(past).state) == (1, "cancelled", "planned")


# --- Access ----------------------------------------------------------------------------------------------------------


def test_a_manager_of_another_job_sees_no_interview():
    interview = an_interview()

    assert not Interview.objects.visible_to(a_manager()).exists()
    assert Interview.objects.visible_to(a_recruiter()).get() == interview


def test_whoever_leaves_is_met_by_nobody():
    interview, by = an_interview(), a_recruiter()

    leave(application=fresh(interview.application), by=by, at=BEFORE + AN_HOUR)

    assert now_of(interview).state == InterviewState.CANCELLED
    assert Mail.objects.filter(invitation_method="CANCEL").count() == 1
