from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from funnel.models import Application
from recruiting.candidates import services as people
from recruiting.candidates.models import Candidate
from recruiting.contact.models import Touch
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.services import mark_held
from recycling import proposals, reviews
from recycling.models import Condition, Proposal
from tests.builders import a_manager, a_recruiter
from tests.builders_candidates import a_candidate, an_agency
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry, an_order
from tests.builders_returns import (
    A_DAY,
    PROPOSED_AT,
    a_proposal,
    an_accepted_proposal,
    an_asked_proposal,
    the_card,
    the_entry,
)

pytestmark = pytest.mark.django_db


def test_whoever_accepts_writes_down_what_changed_and_names_who_asks(recruiter, sourcer):
    card = a_proposal()

    proposals.accept_proposal(
        proposal=card, what_changed="Go is confirmed.", asker=sourcer, by=recruiter, at=PROPOSED_AT
    )

    now = the_card(card)
    assert (now.state, now.why, now.asker, now.decided_by) == ("accepted", "Go is confirmed.", sourcer, recruiter)
    assert the_entry(now.entry).state == "approached"
    assert not Condition.objects.filter(entry=now.entry, is_waiting=True).exists()


def test_nobody_accepts_without_saying_what_changed(recruiter):
    with pytest.raises(Refused, match="what changed"):
        proposals.accept_proposal(proposal=a_proposal(), what_changed=" ", by=recruiter, at=PROPOSED_AT)


def test_a_hiring_manager_is_not_named_as_the_one_who_asks(recruiter):
    with pytest.raises(Refused, match="asks nobody"):
        proposals.accept_proposal(
            proposal=a_proposal(), what_changed="x", asker=a_manager(), by=recruiter, at=PROPOSED_AT
        )


def test_a_consent_that_ended_since_the_card_was_made_stops_its_acceptance(recruiter):
    card = a_proposal()
    people.set_do_not_contact(candidate=card.candidate, why="Asked us", by=recruiter, at=PROPOSED_AT)

    with pytest.raises(Refused, match="Wants no contact"):
        proposals.accept_proposal(proposal=card, what_changed="x", by=recruiter, at=PROPOSED_AT)


def test_the_budget_of_approaches_is_asked_when_accepting(recruiter):
    card = a_proposal()
    Candidate.objects.filter(pk=card.candidate_id).update(touchable_on=date(2027, 6, 1))

    with pytest.raises(Refused, match="too recently"):
        proposals.accept_proposal(proposal=card, what_changed="x", by=recruiter, at=PROPOSED_AT)


def test_a_job_on_hold_asks_nobody(recruiter):
    card = a_proposal()
    mark_held(job=card.job, by=recruiter, at=PROPOSED_AT)

    with pytest.raises(Refused, match="takes nobody in"):
        proposals.accept_proposal(proposal=card, what_changed="x", by=recruiter, at=PROPOSED_AT)


def test_the_second_who_accepts_reads_who_was_first_and_when():
    card = a_proposal()
    stale = the_card(card)
    first = a_recruiter(family_name="Sato", given_name="Ren")
    proposals.accept_proposal(proposal=card, what_changed="x", by=first, at=PROPOSED_AT)

    with pytest.raises(Refused, match="Ren Sato accepted this 40 seconds ago"):
        proposals.accept_proposal(
            proposal=stale, what_changed="y", by=a_recruiter(), at=PROPOSED_AT + timedelta(seconds=40)
        )

    assert the_card(card).why == "x"


def test_the_first_message_uses_the_budget_and_the_second_does_not(recruiter):
    card = an_accepted_proposal()

    proposals.record_asked(proposal=card, kind="mail", text="One", by=recruiter, at=PROPOSED_AT)
    touchable_on = Candidate.objects.get(pk=card.candidate_id).touchable_on
    proposals.record_asked(proposal=the_card(card), kind="call", by=recruiter, at=PROPOSED_AT + 9 * A_DAY)

    asked = Touch.objects.filter(candidate=card.candidate).order_by("at")
    assert [touch.is_approach for touch in asked] == [True, False]
    assert Candidate.objects.get(pk=card.candidate_id).touchable_on == touchable_on
    assert (the_card(card).times_asked, the_card(card).asked_at) == (2, PROPOSED_AT + 9 * A_DAY)


def test_a_block_that_came_after_accepting_stops_the_asking(recruiter):
    card = an_accepted_proposal()
    people.set_do_not_contact(candidate=card.candidate, why="Asked us", by=recruiter, at=PROPOSED_AT)

    with pytest.raises(Refused, match="Wants no contact"):
        proposals.record_asked(proposal=the_card(card), kind="mail", by=recruiter, at=PROPOSED_AT)

    assert not Touch.objects.exists()


def test_the_agency_that_owns_the_introduction_is_asked_instead(recruiter):
    card = an_accepted_proposal()
    terms = people.SourceTerms(channel="agency", came_on=date(2026, 10, 1), agency=an_agency("Kita Search"))
    people.add_source(candidate=card.candidate, terms=terms, by=recruiter, at=PROPOSED_AT)

    with pytest.raises(Refused, match="Kita Search owns the introduction"):
        proposals.record_asked(proposal=card, kind="mail", by=recruiter, at=PROPOSED_AT)
    proposals.record_asked(proposal=card, kind="agency", by=recruiter, at=PROPOSED_AT)

    assert Touch.objects.get().kind == "agency"


def test_an_acceptance_is_taken_back_only_before_anybody_was_asked(recruiter):
    quiet, asked = an_accepted_proposal(), an_asked_proposal()

    proposals.take_back(proposal=quiet, by=recruiter, at=PROPOSED_AT)
    with pytest.raises(Refused, match="has been asked already"):
        proposals.take_back(proposal=asked, by=recruiter, at=PROPOSED_AT)

    assert (the_card(quiet).state, the_entry(quiet.entry).state) == ("withdrawn", "resting")


def test_yes_begins_the_next_cycle_at_the_proposed_stage(recruiter):
    card = an_asked_proposal()

    application = proposals.said_yes(proposal=card, by=recruiter, at=PROPOSED_AT + A_DAY)

    assert (application.cycle, application.previous, application.stage) == (2, card.entry.left, card.stage)
    assert application.return_why == "The team grew."
    assert (the_card(card).state, the_card(card).returned_as) == ("re_entered", application)
    entry = the_entry(card.entry)
    assert (entry.state, entry.trigger, entry.returned_as) == ("re_entered", "proposal", application)
    assert Touch.objects.filter(is_inbound=True).count() == 1


def test_who_already_said_yes_comes_straight_from_an_open_card_at_another_stage(recruiter):
    card = a_proposal()

    application = proposals.said_yes(proposal=card, stage="screening", by=recruiter, at=PROPOSED_AT)

    verbs = Event.objects.filter(subject="proposal", subject_key=card.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["proposal.opened", "proposal.accepted", "proposal.re_entered"]
    assert application.stage == "screening"


def test_the_stays_that_are_not_resolved_go_on(recruiter):
    person = a_candidate()
    waiting = an_entry("timing.notice", candidate=person, job=an_open_job("Other"), order={"due_on": date(2028, 1, 1)})
    card = a_proposal(candidate=person)

    proposals.said_yes(proposal=card, by=recruiter, at=PROPOSED_AT)

    assert the_entry(waiting).state == "resting"


def test_a_stay_that_is_resolved_for_the_job_comes_back_with_the_person(recruiter):
    person = a_candidate()
    due = an_entry("timing.notice", candidate=person, job=an_open_job("Other"), order={"due_on": date(2026, 12, 24)})
    card = a_proposal(candidate=person)

    application = proposals.said_yes(proposal=card, by=recruiter, at=PROPOSED_AT)

    assert the_entry(due).returned_as == application


def test_who_may_never_come_back_does_not_by_saying_yes(recruiter, lead):
    card = an_asked_proposal()
    people.set_do_not_hire(
        candidate=card.candidate, why="Court order", review_on=date(2030, 1, 1), by=lead, at=PROPOSED_AT
    )

    with pytest.raises(Refused, match="Not to be hired"):
        proposals.said_yes(proposal=card, by=recruiter, at=PROPOSED_AT)

    assert Application.objects.filter(candidate=card.candidate).count() == 1


def test_no_is_a_new_reason_of_the_same_stay(recruiter):
    card = an_asked_proposal()
    before = set(card.entry.conditions.values_list("pk", flat=True))
    order = an_order("timing.start_date", due_on=date(2027, 9, 1))

    proposals.said_no(proposal=card, order=order, by=recruiter, at=PROPOSED_AT + A_DAY)

    entry = the_entry(card.entry)
    assert (the_card(card).state, entry.state, entry.pool.key, entry.reason.key) == (
        *("declined", "resting", "timing"),
        "timing.start_date",
    )
    assert entry.conditions.filter(pk__in=before, resolved_at=None).count() == 0
    assert entry.conditions.get(resolved_at=None).due_on == date(2027, 9, 1)
    assert Candidate.objects.get(pk=card.candidate_id).available_on == date(2027, 9, 1)
    assert entry.review_on > PROPOSED_AT.date()
    assert entry.reviewed_at


def test_a_reason_of_ours_is_no_answer_of_theirs(recruiter):
    with pytest.raises(Refused, match="not an answer"):
        proposals.said_no(proposal=an_asked_proposal(), order=an_order("skill.interview"), by=recruiter, at=PROPOSED_AT)


def test_who_wants_no_more_contact_is_left_alone_everywhere(recruiter):
    person = a_candidate()
    other = an_entry(candidate=person, job=an_open_job("Other"))
    card = an_asked_proposal(candidate=person)

    proposals.said_no(proposal=card, order=an_order("consent.withdrawn"), by=recruiter, at=PROPOSED_AT)

    now = Candidate.objects.get(pk=person.pk)
    assert now.do_not_contact_at
    assert now.use_until is None
    assert {the_entry(each).closed_why for each in (other, card.entry)} == {"opted_out"}
    assert the_card(card).state == "declined"


def test_a_snooze_needs_a_day_ahead_and_within_the_use(recruiter):
    card = a_proposal(candidate=a_candidate(until=date(2027, 2, 1)))

    for day, said in [(PROPOSED_AT.date(), "lie ahead"), (date(2027, 2, 2), "may be used until")]:
        with pytest.raises(Refused, match=said):
            proposals.snooze_proposal(proposal=card, until=day, by=recruiter, at=PROPOSED_AT)
    proposals.snooze_proposal(proposal=card, until=date(2027, 1, 15), by=recruiter, at=PROPOSED_AT)
    proposals.snooze_proposal(proposal=card, until=date(2027, 1, 20), by=recruiter, at=PROPOSED_AT)

    assert (the_card(card).state, the_card(card).snoozed_until) == ("snoozed", date(2027, 1, 20))
    assert the_entry(card.entry).state == "surfaced"


def test_a_snoozed_card_wakes(recruiter):
    card = a_proposal()
    proposals.snooze_proposal(proposal=card, until=date(2027, 1, 15), by=recruiter, at=PROPOSED_AT)

    proposals.wake_proposal(proposal=card, by=recruiter, at=PROPOSED_AT)

    assert the_card(card).state == "open"


@pytest.mark.parametrize("dismissal", ["wrong_evidence", "not_this_job"])
def test_whoever_is_dismissed_rests_again_at_once(recruiter, dismissal):
    card = a_proposal()

    proposals.dismiss_proposal(proposal=card, dismissal=dismissal, by=recruiter, at=PROPOSED_AT)

    entry = the_entry(card.entry)
    assert (the_card(card).state, the_card(card).dismissal) == ("dismissed", dismissal)
    assert (entry.state, entry.rests_until) == ("resting", None)


def test_not_now_is_said_about_the_person_and_taken_back_whole(recruiter):
    person = a_candidate()
    other = an_entry(candidate=person, job=an_open_job("Other"))
    card = a_proposal(candidate=person)

    with pytest.raises(Refused, match="until when"):
        proposals.dismiss_proposal(proposal=card, dismissal="not_now", by=recruiter, at=PROPOSED_AT)
    proposals.dismiss_proposal(proposal=card, dismissal="not_now", until=date(2027, 5, 1), by=recruiter, at=PROPOSED_AT)

    assert {the_entry(each).rests_until for each in (other, card.entry)} == {date(2027, 5, 1)}

    proposals.undo_dismissal(proposal=the_card(card), by=recruiter, at=PROPOSED_AT + timedelta(seconds=9))

    assert {the_entry(each).rests_until for each in (other, card.entry)} == {None}
    assert (the_card(card).state, the_entry(card.entry).state) == ("open", "surfaced")


def test_who_is_in_touch_already_stays_silent_for_a_month(recruiter):
    card = a_proposal()

    proposals.dismiss_proposal(proposal=card, dismissal="in_touch", by=recruiter, at=PROPOSED_AT)

    assert the_entry(card.entry).rests_until == (PROPOSED_AT + 30 * A_DAY).date()


def test_a_dismissal_stays_where_another_card_has_taken_its_place(recruiter):
    card = a_proposal()
    proposals.dismiss_proposal(proposal=card, dismissal="not_this_job", by=recruiter, at=PROPOSED_AT)
    a_proposal(entry=the_entry(card.entry), job=an_open_job("Another"))

    with pytest.raises(Refused):
        proposals.undo_dismissal(proposal=the_card(card), by=recruiter, at=PROPOSED_AT + timedelta(seconds=9))

    assert the_card(card).state == "dismissed"


def test_an_old_dismissal_is_not_taken_back(recruiter):
    card = a_proposal()
    proposals.dismiss_proposal(proposal=card, dismissal="not_this_job", by=recruiter, at=PROPOSED_AT)

    with pytest.raises(Refused, match="few minutes"):
        proposals.undo_dismissal(proposal=the_card(card), by=recruiter, at=PROPOSED_AT + A_DAY)


def test_one_person_has_one_card_also_by_hand(recruiter):
    person = a_candidate()
    other = an_entry(candidate=person, job=an_open_job("Other"))
    a_proposal(candidate=person)

    with pytest.raises(Refused, match="proposed already"):
        proposals.propose_by_hand(entry=other, job=an_open_job("Third"), by=recruiter, at=PROPOSED_AT)

    assert the_entry(other).state == "resting"


def test_nobody_blocked_is_proposed_by_hand(recruiter):
    with pytest.raises(Refused, match="No lawful basis"):
        a_proposal(candidate=a_candidate(is_usable=False))


def test_a_stay_may_be_looked_at_and_kept(recruiter):
    entry = an_entry()

    reviews.keep_until(entry=entry, until=date(2027, 8, 1), by=recruiter, at=PROPOSED_AT)

    assert (the_entry(entry).review_on, the_entry(entry).reviewed_at) == (date(2027, 8, 1), PROPOSED_AT)


def test_another_reason_moves_the_stay_to_its_pool(recruiter):
    entry = an_entry()

    reviews.change_reason(
        entry=entry, order=an_order("timing.notice", due_on=date(2027, 4, 1)), by=recruiter, at=PROPOSED_AT
    )

    assert (the_entry(entry).pool.key, the_entry(entry).state) == ("timing", "resting")
    assert [c.kind for c in the_entry(entry).conditions.filter(resolved_at=None)] == ["date"]
    assert Event.objects.get(verb="entry.reason_changed").data["from"] == "interest.withdrew"


def test_a_reason_that_keeps_nobody_resting_is_no_other_reason(recruiter):
    with pytest.raises(Refused, match="keeps nobody resting"):
        reviews.change_reason(entry=an_entry(), order=an_order("integrity.false"), by=recruiter, at=PROPOSED_AT)


def test_a_stay_is_closed_after_a_look(recruiter):
    entry = an_entry()

    reviews.close_after_review(entry=entry, by=recruiter, at=PROPOSED_AT, why="Moved abroad")

    assert (the_entry(entry).state, the_entry(entry).closed_why) == ("closed", "by_hand")


def test_a_stay_that_is_proposed_is_not_reviewed(recruiter):
    card = a_proposal()

    with pytest.raises(Refused, match="does not rest"):
        reviews.keep_until(entry=the_entry(card.entry), until=date(2027, 8, 1), by=recruiter, at=PROPOSED_AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins_and_the_other_reads_who():
    first, second = a_recruiter(family_name="Sato"), a_recruiter(family_name="Ito")
    card = a_proposal()
    start, said = threading.Barrier(2), []

    def accept(user: Any) -> None:
        seen = Proposal.objects.select_related("candidate", "job").get(pk=card.pk)
        start.wait()
        try:
            proposals.accept_proposal(proposal=seen, what_changed=user.family_name, by=user, at=PROPOSED_AT)
        except Refused as refused:
            said.append((user.family_name, refused.message))
        finally:
            connection.close()

    racers = [threading.Thread(target=accept, args=(user,)) for user in (first, second)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    winner = the_card(card).why
    assert [loser for loser, _said in said] == [{"Sato": "Ito", "Ito": "Sato"}[winner]]
    assert winner in said[0][1]
    assert "accepted this" in said[0][1]
    assert Event.objects.filter(verb="proposal.accepted").count() == 1
