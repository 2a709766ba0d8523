"""Scorecards: whole or refused, kept while they are written, versions, and blind by role and state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from funnel.interviews import planning, reading, scorecards, selectors
from funnel.interviews.scorecards import Rated
from funnel.models import Interview, InterviewState, Overall, Rating, Scorecard
from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from recruiting.jobs.gates import attributes_of
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user, unseat_user
from tests.builders import a_lead, a_manager, a_recruiter, a_sourcer, an_approver, an_interviewer, at_once
from tests.builders_funnel import an_application
from tests.builders_interviews import ENDS, STARTS, a_scorecard, an_interview, now_of, ratings_of

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def submit(interview, user, **more):
    terms = {"ratings": ratings_of(interview), "overall": Overall.YES, "notes": "Solid", "at": ENDS, **more}
    return scorecards.submit_scorecard(interview=now_of(interview), user=user, **terms)


def amend(card, user, **more):
    terms = {"ratings": ratings_of(card.interview), "overall": Overall.NO, "notes": "Less", "why": "Slept on it"}
    return scorecards.amend_scorecard(scorecard=card, user=user, **{**terms, "at": ENDS + A_DAY, **more})


# --- Handing in -------------------------------------------------------------------------------------------------------


def test_a_scorecard_handed_in_holds_the_interview_and_counts_for_twelve_months():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    card = submit(interview, user, ratings=ratings_of(interview, score=4))

    assert (card.version, card.overall, card.submitted_at) == (1, Overall.YES, ENDS)
    assert card.valid_until == date(2027, 11, 10)
    assert now_of(interview).state == InterviewState.HELD
    assert interview.interviewers.get().answered_at == ENDS
    assert set(Rating.objects.filter(version__scorecard=card).values_list("score", flat=True)) == {4}
    assert not selectors.scorecards_owed(user, ENDS + A_DAY).exists()


def test_what_was_not_looked_at_needs_no_note():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    card = submit(interview, user, ratings=ratings_of(interview, score=None, note=""))

    assert set(Rating.objects.filter(version__scorecard=card).values_list("score", flat=True)) == {None}


def left_out(ratings):
    return dict(list(ratings.items())[1:])


def without_notes(ratings):
    return {pk: Rated(each.score, " ") for pk, each in ratings.items()}


def off_the_scale(ratings):
    return {pk: Rated(5, "x") for pk in ratings}


@pytest.mark.parametrize("spoil", [left_out, without_notes, off_the_scale])
def test_half_a_scorecard_is_refused_and_nothing_is_written(spoil):
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    with pytest.raises(Refused) as refused:
        submit(interview, user, ratings=spoil(ratings_of(interview)))

    assert refused.value.code == "invalid"
    assert not Scorecard.objects.filter(version__gte=1).exists()
    assert now_of(interview).state == InterviewState.PLANNED


@pytest.mark.parametrize("spoilt", [{"overall": None}, {"overall": 5}, {"notes": "  "}])
def test_a_recommendation_and_its_reasons_are_required(spoilt):
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    with pytest.raises(Refused) as refused:
        submit(interview, user, **spoilt)

    assert refused.value.code == "invalid"


def test_nobody_assesses_before_it_began_or_twice():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))

    with pytest.raises(Refused) as early:
        submit(interview, user, at=STARTS - timedelta(minutes=1))
    submit(interview, user, at=STARTS)
    with pytest.raises(Refused) as twice:
        submit(interview, user)

    assert (early.value.code, twice.value.code) == ("not_yet", "already_in")


def test_only_whoever_asks_assesses_and_never_what_did_not_take_place():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))
    with pytest.raises(Refused) as other:
        submit(interview, a_lead())
    planning.record_no_show(interview=interview, by=a_recruiter(), at=ENDS)

    with pytest.raises(Refused) as missed:
        submit(interview, user)

    assert (other.value.code, missed.value.code) == ("not_yours", "not_allowed")


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_it_is_handed_in_once():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))
    press = lambda: submit(interview, user)  # noqa: E731

    assert at_once(press, press) == ["", "already_in"]
    assert Scorecard.objects.get().versions.count() == 1


def test_a_draft_is_kept_as_it_was_typed_and_announced_to_nobody():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))
    before = Event.objects.count()

    scorecards.save_draft(interview=interview, user=user, draft={"notes": "half a"}, at=STARTS - A_DAY)
    card = scorecards.save_draft(interview=interview, user=user, draft={"notes": "half a thought"}, at=STARTS)

    assert (card.version, Scorecard.objects.get().draft) == (0, {"notes": "half a thought"})
    assert Event.objects.count() == before
    assert list(scorecards.scorecards_visible_to(a_lead(), interview.application)) == []


def test_whoever_was_taken_off_keeps_their_draft_for_the_day_they_are_put_back():
    user, other = an_interviewer(), an_interviewer()
    interview = an_interview(interviewers=(user, other))
    scorecards.save_draft(interview=interview, user=user, draft={"notes": "Go"}, at=STARTS - A_DAY)
    interview.interviewers.filter(user=user).delete()

    with pytest.raises(Refused):
        scorecards.save_draft(interview=interview, user=user, draft={}, at=STARTS)

    assert Scorecard.objects.get(user=user).draft == {"notes": "Go"}


# --- Amending ---------------------------------------------------------------------------------------------------------


def test_an_amendment_is_a_new_version_and_the_old_one_stays():
    user = an_interviewer()
    card = a_scorecard(an_interview(interviewers=(user,)), user, notes="Solid")

    amended = amend(card, user)

    newest, oldest = amended.versions.order_by("-number")
    assert (amended.version, amended.overall) == (2, Overall.NO)
    assert (newest.notes, newest.why, newest.is_after_reading) == ("Less", "Slept on it", False)
    assert (oldest.notes, oldest.overall, oldest.ratings.count()) == ("Solid", Overall.YES, newest.ratings.count())
    assert amended.submitted_at == card.submitted_at
    assert Event.objects.filter(verb="scorecard.amended").count() == 1


def test_an_amendment_says_why_and_is_its_writers_alone():
    user = an_interviewer()
    card = a_scorecard(an_interview(interviewers=(user,)), user)

    with pytest.raises(Refused) as unexplained:
        amend(card, user, why=" ")
    with pytest.raises(Refused) as by_another:
        amend(card, a_lead())
    with pytest.raises(Refused) as too_late:
        amend(card, user, seen_version=0)

    codes = (unexplained.value.code, by_another.value.code, too_late.value.code)
    assert codes == ("invalid", "not_allowed", "moved")
    assert Scorecard.objects.get().version == 1


def test_amended_after_reading_others_is_marked_so():
    one, other = an_interviewer(), an_interviewer()
    interview = an_interview(interviewers=(one, other))
    mine, theirs = a_scorecard(interview, one), a_scorecard(interview, other)
    assert not amend(mine, one).versions.last().is_after_reading

    scorecards.note_reading(user=one, shown=[mine, theirs], at=ENDS + A_DAY)
    scorecards.note_reading(user=other, shown=[theirs], at=ENDS + A_DAY)

    assert amend(Scorecard.objects.get(pk=mine.pk), one).versions.last().is_after_reading
    assert not amend(theirs, other).versions.last().is_after_reading


def test_an_amendment_may_keep_what_a_retired_attribute_was_given():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))
    card = a_scorecard(interview, user)
    gone = attributes_of(interview.job)[0]
    gone.is_retired = True
    gone.save(update_fields=["is_retired"])
    rated = set(Rating.objects.values_list("attribute", flat=True))

    kept = {each.pk: Rated(2, "Seen") for each in scorecards.attributes_for(interview, rated)}

    assert gone.pk in kept
    assert amend(card, user, ratings=kept).version == 2


# --- Blind ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_scorecards():
    """Two interviews about one application; `one` and `other` assessed the first, `late` still owes the second."""
    one, other, late = an_interviewer(), an_interviewer(), an_interviewer()
    application = an_application(through="interview")
    first = an_interview(application=application, interviewers=(one, other))
    a_scorecard(first, one)
    a_scorecard(first, other)
    an_interview(application=application, interviewers=(late,), starts_at=STARTS + A_DAY * 3)
    return application, one, other, late


def seen_by(user, application):
    return {card.user for card in scorecards.scorecards_visible_to(user, application)}


def test_who_reads_whose_scorecards(two_scorecards):
    """Role × state. Seated outsiders of other jobs and roles without evaluations see none."""
    application, one, other, late = two_scorecards
    manager, approver, by_stander = a_manager(), an_approver(), an_interviewer()
    for user, seat in ((manager, Seat.HIRING_MANAGER), (approver, Seat.APPROVER), (by_stander, Seat.INTERVIEWER)):
        seat_user(job=application.job, user=user, seat=seat, by=None, at=STARTS)
    everything = {one, other}
    table = {
        a_recruiter(): everything,
        a_lead(): everything,
        manager: everything,
        one: everything,
        other: everything,
        late: set(),
        by_stander: set(),
        approver: set(),
        a_sourcer(): set(),
        a_manager(): set(),
    }

    assert {user: seen_by(user, application) for user in table} == table


@pytest.mark.parametrize("make", [a_lead, a_recruiter, a_manager, an_interviewer])
def test_whoever_still_owes_one_is_blind_whatever_their_role(two_scorecards, make):
    application, *_ = two_scorecards
    user = make()
    interview = an_interview(application=application, interviewers=(user,), starts_at=STARTS + A_DAY * 4)
    assert seen_by(user, application) == set()

    a_scorecard(interview, user)

    assert len(seen_by(user, application)) == 3


def test_owing_a_second_one_blinds_again_but_for_ones_own(two_scorecards):
    application, one, *_ = two_scorecards

    an_interview(application=application, interviewers=(one,), starts_at=STARTS + A_DAY * 4)

    assert seen_by(one, application) == {one}


@pytest.mark.parametrize("end", [planning.cancel_interview, planning.record_no_show])
def test_nobody_owes_what_did_not_take_place(two_scorecards, end):
    application, *_ = two_scorecards
    lead = a_lead()
    interview = an_interview(application=application, interviewers=(lead,), starts_at=STARTS + A_DAY * 4)

    end(interview=interview, by=lead, at=STARTS + A_DAY * 4)

    assert len(seen_by(lead, application)) == 2


def test_owing_one_elsewhere_blinds_nobody_here(two_scorecards):
    application, *_ = two_scorecards
    lead = a_lead()

    an_interview(interviewers=(lead,))

    assert len(seen_by(lead, application)) == 2


def test_whoever_lost_their_seat_sees_nothing_any_more(two_scorecards):
    application, one, *_ = two_scorecards

    unseat_user(seat=application.job.seats.get(user=one, until=None), by=None, at=ENDS + A_DAY)

    assert seen_by(one, application) == set()


def test_the_pages_of_the_blind_name_nobody_who_is_done(two_scorecards):
    application, _one, _other, late = two_scorecards
    first = selectors.interviews_of(application)[0]

    card = reading.card_of(first, late, ENDS)
    summary = reading.summary_of(application, late)

    assert ([each.is_in for each in card.asks], card.scorecards, card.is_blind) == ([None, None], [], True)
    assert (summary.cards, summary.waiting) == ([], [])
    assert all(line.cells == [] for line in summary.lines)
    assert selectors.answered_by(late, [first]) == {}


def test_no_role_without_evaluations_learns_who_is_done(two_scorecards):
    application, *_ = two_scorecards
    first = selectors.interviews_of(application)[0]

    card = reading.card_of(first, a_sourcer(), ENDS)

    assert [each.is_in for each in card.asks] == [None, None]
    assert reading.summary_of(application, a_sourcer()).waiting == []


def test_side_by_side_each_rating_stands_under_its_writer(two_scorecards):
    application, one, other, late = two_scorecards

    summary = reading.summary_of(application, a_lead())

    assert [card.user for card in summary.cards] == [one, other]
    assert [cell.score for cell in summary.lines[0].cells] == [3, 3]
    assert [seat.user for seat in summary.waiting] == [late]


def test_what_still_counts_is_for_those_who_may_know_it(two_scorecards):
    application, one, other, late = two_scorecards
    person = application.candidate

    def known(user, at):
        return {card.user for card in selectors.valid_scorecards(user, person, at)}

    assert known(a_lead(), ENDS) == {one, other}
    assert known(a_lead(), ENDS + A_DAY * 365) == set()
    assert known(late, ENDS) == set()
    assert known(a_sourcer(), ENDS) == set()
    assert known(a_manager(), ENDS) == set()


def test_no_event_and_no_promise_says_what_a_scorecard_says():
    user = an_interviewer()
    interview = an_interview(interviewers=(user,))
    card = submit(interview, user, ratings=ratings_of(interview, 4, "Rare depth"), notes="Hire at once")
    amend(card, user, notes="Hire tomorrow", why="Rested")

    data = str(list(Event.objects.filter(verb__startswith="scorecard").values_list("data", "why", "to_state")))
    payloads = str(list(OutboxMessage.objects.values_list("payload", flat=True)))

    for said in ("Rare depth", "Hire", "overall", "score'", "Rested"):
        assert said not in data
        assert said not in payloads


def test_reading_costs_the_same_for_one_scorecard_as_for_three(django_assert_max_num_queries):
    lead, application = a_lead(), an_application(through="interview")
    users = [an_interviewer() for _ in range(3)]
    interview = an_interview(application=application, interviewers=tuple(users))
    for user in users:
        a_scorecard(Interview.objects.get(pk=interview.pk), user)

    with django_assert_max_num_queries(6):  # owes, cards, versions, ratings, attributes, waiting
        summary = reading.summary_of(application, lead)

    assert len(summary.cards) == 3
