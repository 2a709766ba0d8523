"""Letters to the candidate: only approved ones, only to usable addresses, and nothing of the house in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from funnel.interviews import planning
from recruiting.candidates.models import ContactState
from recruiting.contact.models import Touch
from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from recruiting.notices.models import Mail
from tests.builders import a_recruiter
from tests.builders_funnel import an_application
from tests.builders_interviews import STARTS, a_letter, an_interview, now_of, some_terms

pytestmark = pytest.mark.django_db
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
BEFORE = STARTS - A_DAY


def changed(interview, *interviewers, at=BEFORE + AN_HOUR, by=None, **more):
    now = now_of(interview)
    users = interviewers or tuple(row.user for row in now.interviewers.select_related("user"))
    names = ("starts_at", "minutes", "place", "video_url", "title", "note")
    terms = some_terms(*users, **{**{name: getattr(now, name) for name in names}, **more})
    return planning.change_interview(interview=now, terms=terms, by=by or a_recruiter(), at=at)


def test_a_candidate_is_written_to_only_with_an_approved_letter_word_by_word():
    quiet = an_interview()
    assert not Mail.objects.filter(user=None).exists()
    application = an_application(through="interview")

    interview = an_interview(application=application, letter=a_letter(application, "Please come.\nTuesday."))

    letter = Mail.objects.get(user=None)
    assert letter.to == application.candidate.contact_points.get().value
    assert (letter.text, letter.person) == ("Please come.\nTuesday.\n", application.candidate_id)
    assert "-guest@" in letter.invitation
    assert "/interviews/" not in letter.invitation
    touch = Touch.objects.get(candidate=application.candidate)
    assert (touch.subject, touch.is_approach) == ("Your interview", False)
    assert (interview.invites_candidate, now_of(quiet).invites_candidate) == (True, False)


@pytest.mark.parametrize("state", [ContactState.BOUNCED, ContactState.OPTED_OUT, ContactState.WRONG])
def test_no_letter_goes_to_an_address_that_is_not_usable(state):
    application = an_application(through="interview")
    application.candidate.contact_points.update(state=state)

    with pytest.raises(Refused) as refused:
        an_interview(application=application, letter=a_letter(application))

    assert refused.value.code == "no_address"
    assert not Mail.objects.exists()


def test_no_letter_goes_to_whoever_wants_no_contact():
    application = an_application(through="interview")
    person = application.candidate
    person.do_not_contact_at = BEFORE
    person.save(update_fields=["do_not_contact_at"])

    with pytest.raises(Refused) as refused:
        an_interview(application=application, letter=a_letter(application))

    assert refused.value.code == "blocked"


def test_no_letter_goes_to_somebody_elses_address():
    application, other = an_application(through="interview"), an_application(through="interview")

    with pytest.raises(Refused) as refused:
        an_interview(application=application, letter=a_letter(other))

    assert refused.value.code == "no_address"


def test_a_second_letter_at_unchanged_terms_leaves_too():
    application = an_application(through="interview")
    interview = an_interview(application=application, letter=a_letter(application))

    changed(interview, letter=a_letter(application, "Bring your papers."))

    assert Mail.objects.filter(user=None).count() == 2


def test_no_event_and_no_promise_holds_a_note_or_a_letter():
    application = an_application(through="interview")
    an_interview(application=application, note="Floor 12M", letter=a_letter(application, "secret words"))

    payloads = str(list(OutboxMessage.objects.values_list("payload", flat=True)))
    data = str(list(Event.objects.values_list("data", flat=True)))

    assert "Floor 12M" not in payloads + data
    assert "secret words" not in payloads + data
