"""An exit can be taken back, whole, until the person knows of it or somebody acted on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from recruiting.candidates import services as people
from recruiting.candidates.models import LawfulBasis, SkillEvidence
from recruiting.core.refused import Refused
from recruiting.jobs.services import mark_closed
from recruiting.skills.selectors import resolve_term
from recycling import leaving
from recycling.models import Exit, PoolEntry, Refusal
from recycling.transitions import run_transition
from tests.builders import MONDAY, a_manager, a_recruiter, a_sourcer
from tests.builders_candidates import a_candidate
from tests.builders_funnel import an_application, fresh
from tests.builders_interviews import an_interview
from tests.builders_jobs import an_open_job
from tests.builders_offers import a_drafted_offer
from tests.builders_recycling import LEFT_AT, again, an_entry, an_exit

pytestmark = pytest.mark.django_db

NEXT_DAY = LEFT_AT + timedelta(days=1)


def undo(exit, at=NEXT_DAY):
    found = Exit.objects.select_related("application__job", "application__candidate", "candidate", "job", "reason")
    return leaving.undo_exit(exit=found.get(pk=exit.pk), by=a_recruiter(), at=at)


def test_the_visit_goes_on_as_if_it_had_never_ended():
    exit = an_exit("interest.withdrew")
    before = exit.application.visits.get(stage="interview").entered_at

    undo(exit)

    visit = exit.application.visits.get(stage="interview")
    assert (visit.entered_at, visit.ended_as) == (before, "")
    assert fresh(exit.application).outcome == "active"
    entry = PoolEntry.objects.get(left=exit.application)
    assert (entry.state, entry.closed_why) == ("closed", "exit_undone")


def test_what_the_exit_called_off_takes_place_unless_it_is_over():
    application = an_application(through="interview")
    to_come = an_interview(application=application, starts_at=NEXT_DAY + timedelta(days=2), at=MONDAY)
    over = an_interview(application=application, starts_at=LEFT_AT + timedelta(hours=5), at=MONDAY)
    exit = an_exit("interest.withdrew", application=fresh(application))
    assert {again(to_come).state, again(over).state} == {"cancelled"}

    undo(exit)

    assert (again(to_come).state, again(over).state) == ("planned", "cancelled")


def test_an_offer_the_exit_rescinded_stays_so_and_the_toast_says_it(client):
    recruiter = a_recruiter()
    offer = a_drafted_offer(by=recruiter)
    exit = an_exit("interest.withdrew", application=fresh(offer.application), by=recruiter)
    client.force_login(recruiter)

    with time_machine.travel(NEXT_DAY, tick=False):
        page = client.post(f"{reverse('recycling:undo_exits')}?exit={exit.pk}", follow=True).content.decode()

    assert again(offer).state == "rescinded"
    assert "stays rescinded" in page
    assert leaving.stays_ended(Exit.objects.get(pk=exit.pk), a_sourcer()) == []  # who may not know of offers


def test_they_may_leave_again_afterwards():
    exit = an_exit("interest.withdrew")
    undo(exit)

    again = an_exit("terms.pay", application=fresh(exit.application), at=NEXT_DAY + timedelta(days=1))

    assert PoolEntry.objects.filter(left=again.application).exclude(closed_why="exit_undone").count() == 1


def test_not_after_thirty_days():
    with pytest.raises(Refused, match="30 days"):
        undo(an_exit("interest.withdrew"), at=LEFT_AT + timedelta(days=31))


def test_not_when_the_job_is_closed():
    exit = an_exit("interest.withdrew")
    mark_closed(job=exit.job, state="cancelled", by=a_recruiter(), at=LEFT_AT)

    with pytest.raises(Refused, match="no longer open"):
        undo(exit)


def test_not_when_they_were_told():
    exit = an_exit("interest.withdrew")
    leaving.record_told(exit=exit, on=LEFT_AT.date(), by=a_recruiter(), at=NEXT_DAY)

    with pytest.raises(Refused, match="has been told"):
        undo(exit)


def test_not_when_they_are_being_asked():
    exit = an_exit("interest.withdrew")
    entry = PoolEntry.objects.get(left=exit.application)
    run_transition(subject=entry, verb="surface", by=None, at=LEFT_AT)
    run_transition(subject=entry, verb="approach", by=None, at=LEFT_AT)

    with pytest.raises(Refused, match="asked to come back"):
        undo(exit)


def test_not_when_they_came_back():
    exit = an_exit("interest.withdrew")
    entry = PoolEntry.objects.get(left=exit.application)
    other = an_application(candidate=exit.candidate, job=an_open_job("Another"), at=LEFT_AT)
    run_transition(subject=entry, verb="re_enter", by=None, at=LEFT_AT, trigger="applied", application=other)

    with pytest.raises(Refused, match="has come back"):
        undo(exit)


def test_not_twice():
    exit = an_exit("interest.withdrew")
    undo(exit)

    with pytest.raises(Refused, match="undone already"):
        undo(exit)


def test_not_when_they_were_moved():
    application = an_application(through="interview")
    leaving.move_to_another_job(
        application=application, job=an_open_job("Another"), stage="screening", by=a_recruiter(), at=LEFT_AT
    )

    with pytest.raises(Refused, match="moved to another job"):
        undo(application.exits.get())


def test_an_administrative_end_counts_again():
    exit = an_exit("admin.mistake")

    undo(exit)

    assert not exit.application.visits.filter(is_counted=False).exists()


def test_the_refusal_goes_with_the_exit_unless_another_rests_on_it():
    decider, person = a_manager(), a_candidate()
    jobs = [an_open_job(title, decider=decider) for title in ("One", "Two")]
    first, second = (
        an_exit("decision.manager", application=an_application(through="interview", candidate=person, job=job))
        for job in jobs
    )

    undo(first)
    assert Refusal.objects.get(candidate=person).exit == second

    undo(second)
    assert not Refusal.objects.filter(candidate=person).exists()


def test_what_the_exit_refuted_counts_again():
    person, python = a_candidate(), resolve_term("Python")
    seen = people.add_evidence(
        candidate=person, skill=python, level=3, source="cv", seen_on=date(2026, 10, 1), by=None, at=MONDAY
    )
    application = an_application(through="screening", candidate=person, job=an_open_job(asks=(("Python", 3),)))
    exit = an_exit("skill.must_have", application=application)

    undo(exit)

    assert SkillEvidence.objects.get(candidate=person) == seen
    assert SkillEvidence.objects.get(candidate=person).state == "declared"


def test_never_is_taken_back_with_the_other_stays_it_closed():
    entry = an_entry("terms.pay")
    other = an_application(candidate=entry.candidate, job=an_open_job("Another"), at=LEFT_AT)
    exit = an_exit("integrity.false", application=other, at=NEXT_DAY)

    undo(exit, at=NEXT_DAY + timedelta(days=1))

    entry = PoolEntry.objects.select_related("candidate").get(pk=entry.pk)
    assert (entry.state, entry.closed_why, entry.candidate.never_at) == ("resting", "", None)
    assert entry.conditions.get().is_waiting


def test_never_stays_while_another_exit_says_so():
    person = a_candidate()
    first, second = (
        an_exit("integrity.false", application=an_application(candidate=person, job=an_open_job(title)), at=at)
        for title, at in (("One", LEFT_AT), ("Two", NEXT_DAY))
    )

    undo(second, at=NEXT_DAY + timedelta(days=1))

    person = again(person)
    assert person.never_at == first.exited_at


def test_a_mistaken_withdrawal_gives_the_basis_back():
    exit = an_exit("consent.withdrawn")

    undo(exit)

    exit.candidate = again(exit.candidate)
    assert exit.candidate.use_until
    assert exit.candidate.do_not_contact_at is None
    assert not LawfulBasis.objects.filter(candidate=exit.candidate, withdrawn_at__isnull=False).exists()


def test_being_told_moves_the_cool_down_to_that_day():
    exit = an_exit("terms.pay")

    leaving.record_told(exit=exit, on=date(2026, 11, 20), by=a_recruiter(), at=LEFT_AT + timedelta(days=10))

    assert PoolEntry.objects.get(left=exit.application).conditions.get().cool_until == date(2027, 5, 20)


@pytest.mark.parametrize(("day", "said"), [(date(2026, 11, 11), "before it is decided"), (date(2027, 1, 1), "ahead")])
def test_nobody_is_told_before_it_is_decided_or_tomorrow(day, said):
    with pytest.raises(Refused, match=said):
        leaving.record_told(exit=an_exit("terms.pay"), on=day, by=a_recruiter(), at=NEXT_DAY)


def test_nothing_to_tell_leaves_the_desk_and_can_still_be_undone():
    exit = an_exit("interest.withdrew")
    leaving.nothing_to_tell(exit=exit, by=a_recruiter(), at=LEFT_AT)

    assert undo(exit).undone_at == NEXT_DAY
