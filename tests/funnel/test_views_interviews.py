"""The pages of interviews and scorecards: who gets in, what is asked before it is done, and what is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.interviews import planning
from funnel.models import Interview, InterviewState, Scorecard
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user
from recruiting.notices.models import Mail
from tests.builders import a_lead, a_manager, a_recruiter, a_sourcer, an_interviewer
from tests.builders_funnel import an_application
from tests.builders_interviews import a_letter, a_scorecard, an_interview, now_of, some_terms

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def url(name, pk):
    return reverse(f"funnel:{name}", args=[pk])


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def application(now):
    return an_application(through="interview", at=now - A_DAY * 10)


def planned(application, *users, **more):
    starts_at = more.pop("starts_at", timezone.now() + A_DAY * 2)
    terms = some_terms(*users, starts_at=starts_at, **more)
    took_place = starts_at < timezone.now()
    by, at = a_recruiter(), timezone.now()
    return planning.plan_interview(application=application, terms=terms, by=by, at=at, took_place=took_place)


def typed(*users, starts_at=None, **more):
    starts_at = starts_at or timezone.localtime(timezone.now() + A_DAY * 40).replace(hour=14, minute=0)
    while starts_at.weekday() >= 5:
        starts_at += A_DAY
    said = {"starts_at": f"{starts_at:%Y-%m-%dT%H:%M}", "minutes": 60, "interviewers": [user.pk for user in users]}
    return {**said, **more}


# --- Getting in -------------------------------------------------------------------------------------------------------

PAGES = ("interview", "interview_ics", "change_interview", "cancel_interview", "record_no_show", "scorecard")


@pytest.mark.parametrize("name", PAGES)
def test_an_interview_of_another_job_does_not_exist_for_a_manager(client, application, name):
    interview = planned(application)
    client.force_login(a_manager())

    assert client.get(url(name, interview.pk)).status_code == 404


@pytest.mark.parametrize("make", [a_sourcer, an_interviewer])
def test_who_may_not_plan_is_told_so(client, application, make):
    user = make()
    interview = planned(application, an_interviewer())
    seat_user(job=application.job, user=user, seat=Seat.INTERVIEWER, by=None, at=timezone.now())
    client.force_login(user)

    asked = [("plan_interview", application.pk), ("change_interview", interview.pk), ("cancel_interview", interview.pk)]
    assert {client.post(url(name, pk)).status_code for name, pk in asked} == {403}
    assert {client.post(url(name, interview.pk)).status_code for name in ("hold_interview", "undo_interview")} == {403}
    assert client.get(reverse("funnel:all_interviews")).status_code == 403
    assert client.get(url("interview", interview.pk)).status_code == 200


def test_nobody_opens_the_scorecard_of_an_interview_they_do_not_ask_in(client, application):
    interview = planned(application)
    client.force_login(a_lead())

    assert client.get(url("scorecard", interview.pk)).status_code == 404
    assert client.post(url("save_scorecard", interview.pk), {"notes": "x"}).status_code == 404
    assert not Scorecard.objects.exists()


# --- Planning ---------------------------------------------------------------------------------------------------------


def test_an_interview_is_planned_with_and_without_javascript(client, application):
    client.force_login(a_recruiter())
    user = an_interviewer()

    plain = client.post(url("plan_interview", application.pk), typed(user))
    htmx = client.post(
        url("plan_interview", application.pk),
        typed(user, starts_at=timezone.localtime() + A_DAY * 60),
        headers=HTMX,
    )

    first = Interview.objects.order_by("pk").first()
    assert plain["Location"] == url("interview", first.pk)
    assert (htmx.status_code, htmx["HX-Refresh"]) == (204, "true")
    assert f"{timezone.localtime(first.starts_at):%H:%M}" == "14:00"


def test_what_was_typed_stays_when_something_is_wrong(client, application):
    client.force_login(a_recruiter())

    answer = client.post(
        url("plan_interview", application.pk), typed(note="Ask about Go", video_url="http://x.test"), headers=HTMX
    )

    assert answer.status_code == 422
    assert "Ask about Go" in answer.content.decode()
    assert set(answer.context["form"].errors) == {"interviewers", "video_url"}


def test_the_past_is_refused_with_the_dialog(client, application):
    client.force_login(a_recruiter())
    yesterday = f"{timezone.localtime() - A_DAY:%Y-%m-%dT%H:%M}"
    data = {**typed(an_interviewer()), "starts_at": yesterday}
    data["anyway"] = "x"

    answer = client.post(url("plan_interview", application.pk), data, headers=HTMX)
    if answer.context["warnings"]:  # yesterday may have been a day off
        answer = client.post(url("plan_interview", application.pk), {**data, "anyway": answer.context["anyway"]})

    assert answer.status_code == 409
    assert not Interview.objects.exists()


def test_a_double_booking_is_asked_about_once_and_then_planned(client, application):
    client.force_login(a_recruiter())
    user = an_interviewer()
    client.post(url("plan_interview", application.pk), typed(user))
    other = an_application(through="interview", at=timezone.now() - A_DAY * 5)

    asked = client.post(url("plan_interview", other.pk), typed(user), headers=HTMX)
    anyway = typed(user, anyway=asked.context["anyway"])
    done = client.post(url("plan_interview", other.pk), anyway, headers=HTMX)

    assert asked.status_code == 200
    assert len(asked.context["warnings"]) == 1
    assert done.status_code == 204
    assert Interview.objects.count() == 2


def test_a_letter_is_shown_before_it_leaves_and_leaves_as_it_was_shown(client, application):
    client.force_login(a_recruiter())
    user, point = an_interviewer(), application.candidate.contact_points.get()
    data = typed(user, invite="on", to=point.pk)

    shown = client.post(url("plan_interview", application.pk), data, headers=HTMX)
    assert shown.context["asks_to_read"]
    assert not Interview.objects.exists()
    form = shown.context["form"]
    read = {**data, "subject": form["subject"].value(), "said": form["said"].value()}
    read["text"] = form["text"].value() + "\nBring a smile."
    done = client.post(url("plan_interview", application.pk), read, headers=HTMX)

    assert done.status_code == 204
    assert Mail.objects.get(user=None).text == read["text"] + "\n"


def test_a_letter_whose_time_is_no_longer_true_is_shown_again_with_what_was_typed(client, application):
    client.force_login(a_recruiter())
    user, point = an_interviewer(), application.candidate.contact_points.get()
    data = typed(user, invite="on", to=point.pk)
    form = client.post(url("plan_interview", application.pk), data, headers=HTMX).context["form"]
    read = {**data, "subject": "Hello", "said": form["said"].value(), "text": form["text"].value() + "\nBring a smile."}

    later = {**read, "place": "HQ, third floor"}
    again = client.post(url("plan_interview", application.pk), later, headers=HTMX).context

    text = again["form"]["text"].value()
    assert again["asks_to_read"]
    assert "HQ, third floor" in text
    assert "Bring a smile." in text
    assert not Mail.objects.filter(user=None).exists()


def test_a_cancelled_interview_offers_its_undo(client, application):
    interview = planned(application)
    client.force_login(a_recruiter())

    answer = client.post(url("cancel_interview", interview.pk), {"why": "No room"}, follow=True)
    assert url("undo_interview", interview.pk) in answer.content.decode()
    client.post(url("undo_interview", interview.pk))

    assert now_of(interview).state == InterviewState.PLANNED


def test_cancelling_writes_to_the_candidate_only_when_asked_to(client, application):
    letter = a_letter(application)
    interview = planned(application, letter=letter)
    client.force_login(a_recruiter())
    form = client.get(url("cancel_interview", interview.pk), headers=HTMX).context["form"]
    terms = {"subject": form["subject"].value(), "text": form["text"].value(), "to": letter.to.pk}

    client.post(url("cancel_interview", interview.pk), {**terms, "invite": "on"}, headers=HTMX)

    newest = Mail.objects.filter(user=None).order_by("-pk").first()
    assert (newest.invitation_method, newest.subject) == ("CANCEL", terms["subject"])


def test_two_who_change_the_same_interview_do_not_overwrite_each_other(client, application):
    user = an_interviewer()
    interview = planned(application, user)
    seen = now_of(interview).changed_at.isoformat()
    planning.cancel_interview(interview=interview, by=a_recruiter(given_name="Mio"), at=timezone.now())
    client.force_login(a_recruiter())

    answer = client.post(url("change_interview", interview.pk), typed(user, seen=seen), headers=HTMX)

    assert answer.status_code == 409
    assert "Mio" in answer.content.decode()


def test_whoever_sat_in_it_says_that_nobody_came(client, application, now):
    user = an_interviewer()
    interview = planned(application, user)
    Interview.objects.update(starts_at=now - AN_HOUR, ends_at=now)
    client.force_login(user)

    client.post(url("record_no_show", interview.pk), {"why": "No call"})
    client.force_login(a_recruiter())
    page = client.get(url("interview", interview.pk)).content.decode()

    assert now_of(interview).state == InterviewState.NO_SHOW
    assert "?reason=process.no_show" in page


def test_the_calendar_file_is_the_readers_own(client, application):
    user = an_interviewer(time_zone="America/New_York")
    interview = planned(application, user)
    client.force_login(user)

    answer = client.get(url("interview_ics", interview.pk))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"TZID=America/New_York" in answer.content
    assert b"METHOD:PUBLISH" in answer.content


# --- What it costs ----------------------------------------------------------------------------------------------------


def test_the_lists_cost_the_same_for_one_interview_as_for_five(client, django_assert_max_num_queries):
    lead = a_lead()
    for day in range(5):
        an_interview(
            application=an_application(through="interview", at=timezone.now() - A_DAY * 5),
            interviewers=(lead, an_interviewer()),
            starts_at=timezone.now() + A_DAY * (day + 1),
        )
    client.force_login(lead)

    with django_assert_max_num_queries(9):
        mine = client.get(reverse("funnel:interviews"))
    with django_assert_max_num_queries(9):
        everybody = client.get(reverse("funnel:all_interviews"))

    assert sum(len(rows) for _day, rows in mine.context["upcoming"]) == 5
    assert len(everybody.context["lines"]) == 5


def test_one_interview_costs_the_same_for_one_scorecard_as_for_three(
    client, application, now, django_assert_max_num_queries
):
    users = [an_interviewer() for _ in range(3)]
    interview = planned(application, *users, starts_at=now - A_DAY)
    for user in users:
        a_scorecard(interview, user, at=now)
    client.force_login(a_recruiter())

    with django_assert_max_num_queries(9):
        answer = client.get(url("interview", interview.pk))

    assert len(answer.context["card"].scorecards) == 3


def test_the_list_narrows_by_name_job_person_state_and_day(client, application, now):
    user = an_interviewer()
    wanted = planned(application, user)
    planned(an_application(through="interview", at=now - A_DAY * 5))
    client.force_login(a_recruiter())

    def found(**asked):
        lines = client.get(reverse("funnel:all_interviews"), asked).context["lines"]
        return [row for row, _known in lines]

    assert found(q=application.candidate.family_name) == [wanted]
    assert found(job=application.job_id) == [wanted]
    assert found(who=user.pk) == [wanted]
    assert found(state="held") == []
    assert len(found(day=f"{timezone.localtime(wanted.starts_at):%Y-%m-%d}")) == 2
    assert found(day="2020-01-01") == []
