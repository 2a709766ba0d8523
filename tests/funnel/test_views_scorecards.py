"""The pages of scorecards: what is typed is never lost, and the blind read nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.interviews import planning
from funnel.models import Scorecard
from recruiting.core.models import Event
from recruiting.jobs.gates import attributes_of
from tests.builders import a_recruiter, an_interviewer
from tests.builders_funnel import an_application
from tests.builders_interviews import a_scorecard, some_terms

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
A_DAY = timedelta(days=1)


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


def sheet(interview, **more):
    said = {"overall": "3", "notes": "Solid"}
    for each in attributes_of(interview.job):
        said |= {f"score_{each.pk}": "3", f"note_{each.pk}": "Saw it"}
    return {**said, **more}


def test_the_pages_of_the_blind_hold_nothing_of_what_others_wrote(client, application, now):
    one, blind = a_recruiter(), a_recruiter()
    first = planned(application, one, starts_at=now - A_DAY)
    a_scorecard(first, one, notes="Remarkable calm", at=now)
    planned(application, blind)
    client.force_login(blind)

    pages = [
        url("interview", first.pk),
        url("scorecards", application.pk),
        url("interviews_of", application.pk),
        reverse("funnel:all_interviews"),
        reverse("recycling:person", args=[application.candidate.public_id]),
    ]
    for page in pages:
        text = client.get(page).content.decode()
        assert "Remarkable calm" not in text
        assert "scorecard in" not in text
        assert "Scorecard handed in" not in text

    client.force_login(a_recruiter())
    assert "Remarkable calm" in client.get(pages[0]).content.decode()
    assert "Scorecard handed in" in client.get(pages[-1]).content.decode()


def test_reading_others_is_remembered(client, application, now):
    one, other = an_interviewer(), an_interviewer()
    interview = planned(application, one, other, starts_at=now - A_DAY)
    for user in (one, other):
        a_scorecard(interview, user, at=now)
    client.force_login(one)

    client.get(url("scorecards", application.pk))

    assert Scorecard.objects.get(user=one).read_others_at is not None
    assert Scorecard.objects.get(user=other).read_others_at is None


@pytest.fixture
def asked(client, application, now):
    """An interviewer, signed in, whose interview is over."""
    user = an_interviewer()
    interview = planned(application, user, starts_at=now - A_DAY)
    client.force_login(user)
    return user, interview


def test_a_scorecard_is_handed_in(client, asked):
    user, interview = asked

    answer = client.post(url("scorecard", interview.pk), sheet(interview))

    assert answer["Location"] == url("interview", interview.pk)
    assert Scorecard.objects.get(user=user).version == 1


def test_half_a_scorecard_comes_back_with_everything_and_is_kept(client, asked):
    user, interview = asked
    first = attributes_of(interview.job)[0]

    answer = client.post(url("scorecard", interview.pk), sheet(interview, **{f"note_{first.pk}": "", "overall": ""}))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"note_{first.pk}", "overall"}
    assert Scorecard.objects.get(user=user).draft["notes"] == "Solid"
    assert "Solid" in client.get(url("scorecard", interview.pk)).content.decode()


def test_a_draft_is_kept_while_somebody_types_and_by_its_button(client, asked):
    user, interview = asked

    alone = client.post(url("save_scorecard", interview.pk), {"notes": "Half"}, headers=HTMX)
    pressed = client.post(url("save_scorecard", interview.pk), {"notes": "Half a thought"})

    assert (alone.status_code, pressed["Location"]) == (200, url("scorecard", interview.pk))
    assert Scorecard.objects.get(user=user).draft == {"notes": "Half a thought"}
    assert not Event.objects.filter(verb="scorecard.submitted").exists()


def test_an_amendment_starts_from_what_stands_and_asks_why(client, asked):
    user, interview = asked
    client.post(url("scorecard", interview.pk), sheet(interview))
    form = client.get(url("scorecard", interview.pk)).context["form"]
    assert form["notes"].value() == "Solid"

    unexplained = client.post(url("scorecard", interview.pk), sheet(interview, version="1"))
    client.post(url("scorecard", interview.pk), sheet(interview, version="1", why="Slept on it", overall="2"))

    assert unexplained.status_code == 422
    assert (Scorecard.objects.get(user=user).version, Scorecard.objects.get(user=user).overall) == (2, 2)


def test_pressing_hand_in_twice_hands_in_once_and_says_nothing_is_missing(client, application, now):
    user = an_interviewer()
    interview = planned(application, user, starts_at=now - A_DAY)
    client.force_login(user)
    first, second = (client.post(url("scorecard", interview.pk), sheet(interview)) for _press in range(2))
    other_words = client.post(url("scorecard", interview.pk), sheet(interview, notes="Rather not"))

    assert (first.status_code, second.status_code) == (302, 302)
    assert other_words.status_code == 422  # an amendment, which says why
    assert Scorecard.objects.get().version == 1
