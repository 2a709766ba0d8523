from __future__ import annotations

from datetime import date

import pytest

from recruiting.core.refused import Refused
from recycling import leaving, returns
from tests.builders_candidates import a_candidate
from tests.builders_jobs import an_open_job
from tests.builders_recycling import LEFT_AT, an_entry
from tests.builders_returns import (
    PROPOSED_AT,
    a_proposal,
    an_asked_proposal,
    the_card,
    the_entry,
)

pytestmark = pytest.mark.django_db


def test_whoever_waits_for_nothing_simply_comes_in(recruiter):
    application = returns.open_return(candidate=a_candidate(), job=an_open_job(), by=recruiter, at=PROPOSED_AT)

    assert (application.cycle, application.previous) == (1, None)


def test_who_applies_again_for_the_job_they_left_has_come_back(recruiter):
    entry = an_entry()

    application = returns.open_return(
        candidate=entry.candidate, job=entry.left.job, by=recruiter, at=PROPOSED_AT, trigger="applied"
    )

    now = the_entry(entry)
    assert (now.state, now.trigger, now.returned_as) == ("re_entered", "applied", application)
    assert (application.cycle, application.previous) == (2, entry.left)
    assert "Withdrew" in application.return_why


def test_another_job_of_the_family_brings_them_back_and_another_family_does_not(recruiter):
    near, far = an_entry(), an_entry()

    returns.open_return(candidate=near.candidate, job=an_open_job("Other"), by=recruiter, at=PROPOSED_AT)
    returns.open_return(
        candidate=far.candidate, job=an_open_job("Design", family="design"), by=recruiter, at=PROPOSED_AT
    )

    assert (the_entry(near).state, the_entry(far).state) == ("re_entered", "resting")


def test_who_was_only_met_comes_in_for_the_first_time(recruiter):
    person = a_candidate()
    entry = leaving.rest_as_met(candidate=person, by=recruiter, at=LEFT_AT)

    application = returns.open_return(candidate=person, job=an_open_job(), by=recruiter, at=PROPOSED_AT)

    assert (application.cycle, application.previous, the_entry(entry).state) == (1, None, "re_entered")


def test_an_open_card_is_withdrawn_when_they_apply_by_themselves(recruiter):
    card = a_proposal()

    returns.open_return(candidate=card.candidate, job=card.job, by=recruiter, at=PROPOSED_AT, trigger="applied")

    assert the_card(card).state == "withdrawn"


def test_applying_for_the_job_one_was_asked_for_is_a_yes(recruiter):
    card = an_asked_proposal()

    application = returns.open_return(
        candidate=card.candidate, job=card.job, by=recruiter, at=PROPOSED_AT, trigger="applied"
    )

    assert (the_card(card).state, the_card(card).returned_as) == ("re_entered", application)


def test_applying_for_another_job_answers_the_question_with_no(recruiter):
    card = an_asked_proposal()

    returns.open_return(
        candidate=card.candidate, job=an_open_job("Third"), by=recruiter, at=PROPOSED_AT, trigger="applied"
    )

    assert the_card(card).state == "declined"


def test_a_return_that_was_a_mistake_is_undone_whole(recruiter):
    entry = an_entry("timing.notice", order={"due_on": date(2027, 4, 1)})
    application = returns.open_return(
        candidate=entry.candidate, job=entry.left.job, by=recruiter, at=PROPOSED_AT, trigger="added"
    )

    returns.undo_return(application=application, by=recruiter, at=PROPOSED_AT)

    now = the_entry(entry)
    assert (now.state, now.returned_as, now.trigger) == ("resting", None, "")
    assert now.conditions.get().is_waiting
    assert application.exits.get().reason.key == "admin.mistake"
    assert not application.visits.filter(is_counted=True).exists()


def test_who_did_not_come_back_is_not_sent_back(recruiter):
    application = returns.open_return(candidate=a_candidate(), job=an_open_job(), by=recruiter, at=PROPOSED_AT)

    with pytest.raises(Refused, match="did not come back"):
        returns.undo_return(application=application, by=recruiter, at=PROPOSED_AT)


def test_many_added_at_once_come_back_where_they_waited_and_begin_where_they_did_not(recruiter):
    entry, new = an_entry(), a_candidate()

    opened = returns.open_all(candidates=[entry.candidate_id, new.pk], job=entry.left.job, by=recruiter, at=PROPOSED_AT)

    cycles = {application.candidate_id: application.cycle for application in opened}
    assert cycles == {entry.candidate_id: 2, new.pk: 1}
    assert the_entry(entry).state == "re_entered"


def test_whoever_is_in_the_funnel_already_is_passed_over(recruiter):
    entry = an_entry()
    job = an_open_job("Other")
    returns.open_return(candidate=entry.candidate, job=job, by=recruiter, at=PROPOSED_AT)

    assert returns.open_all(candidates=[entry.candidate_id], job=job, by=recruiter, at=PROPOSED_AT) == []
