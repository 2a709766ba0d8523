"""Each block alone stops a person, and a missing value never lets anybody through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruiting.candidates import services as people
from recruiting.candidates.models import Candidate, ContactPoint, LawfulBasis
from recruiting.core.days import day_of
from recycling import blocks
from recycling.engine import Scope, evaluate
from recycling.models import Proposal
from tests.builders import MONDAY, a_lead, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_funnel import a_held_application, a_hire, an_application

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AT = MONDAY + DAY * 20


def keys(person: Candidate, at=AT) -> list[str]:
    return [block.key for block in blocks.blocks_of(person, at)]


def changed(person: Candidate, **columns) -> Candidate:
    Candidate.objects.filter(pk=person.pk).update(**columns)
    return person


def test_nobody_free_is_stopped():
    person = a_candidate()

    assert keys(person) == []
    assert blocks.first_block_of(person, AT) is None


@pytest.mark.parametrize(
    ("columns", "block"),
    [
        ({"erased_at": AT}, "erased"),
        ({"objected_at": AT}, "erased"),
        ({"use_until": day_of(AT) - DAY}, "use_over"),
        ({"use_until": None}, "use_over"),
        ({"never_at": AT}, "never"),
        ({"do_not_hire_at": AT}, "never"),
        ({"do_not_contact_at": AT}, "opted_out"),
        ({"employed_on": day_of(AT) + DAY}, "employed"),
        ({"employed_on": day_of(AT) - DAY}, "employed"),
        ({"employed_on": day_of(AT) - DAY * 9, "departed_on": day_of(AT) + DAY}, "employed"),
        ({"employed_on": day_of(AT), "departed_on": day_of(AT) - DAY * 9}, "employed"),
        ({"touchable_on": day_of(AT) + DAY}, "touched"),
    ],
)
def test_each_fact_alone_stops_a_person(columns, block):
    assert keys(changed(a_candidate(), **columns)) == [block]


@pytest.mark.parametrize(
    "columns",
    [
        {"use_until": day_of(AT)},
        {"touchable_on": day_of(AT)},
        {"employed_on": day_of(AT) - DAY * 9, "departed_on": day_of(AT)},
        {"departed_on": day_of(AT) - DAY},
    ],
)
def test_the_last_day_still_counts_and_whoever_left_is_free(columns):
    assert keys(changed(a_candidate(), **columns)) == []


def test_without_a_basis_for_future_roles_nobody_is_proposed():
    never_asked, run_out, withdrawn = a_candidate(is_usable=False), a_candidate(), a_candidate()
    LawfulBasis.objects.filter(candidate=run_out).update(until=day_of(AT) - DAY)
    LawfulBasis.objects.filter(candidate=withdrawn).update(withdrawn_at=AT)

    assert keys(never_asked) == ["no_basis", "use_over"]
    assert keys(run_out) == keys(withdrawn) == ["no_basis"]


def test_somebody_without_a_usable_way_is_not_proposed():
    person = a_candidate()
    ContactPoint.objects.filter(candidate=person).update(state="bounced")

    assert keys(person) == keys(a_candidate(email="")) == ["unreachable"]


def test_in_process_is_on_hold_beyond_sourcing_or_in_contact_lately():
    held = a_held_application().candidate
    beyond = an_application(through="screening").candidate
    quiet, lately = an_application().candidate, an_application().candidate
    changed(quiet, last_contact_at=AT - DAY * 31)
    changed(lately, last_contact_at=AT - DAY * 30)

    assert [keys(person) for person in (held, beyond, quiet, lately)] == [
        ["in_process"],
        ["in_process"],
        [],
        ["in_process"],
    ]


def test_whoever_is_hired_is_not_proposed_even_before_they_start():
    assert "employed" in keys(a_hire().candidate)


def test_a_possible_double_of_somebody_blocked_waits_until_they_are_told_apart():
    blocked = a_candidate(email="same@example.test")
    person = a_candidate(email="same@example.test")
    assert keys(person) == []

    people.set_do_not_contact(candidate=blocked, why="Asked us to stop", by=a_lead(), at=AT)
    assert keys(person) == ["double"]

    people.say_two_people(one=blocked, other=person, by=a_recruiter(), at=AT)
    assert keys(person) == []


def test_nobody_stopped_is_proposed(monkeypatch):
    from tests.builders import moment
    from tests.builders_recycling import an_entry

    due = moment("2027-03-05")
    person = an_entry("timing.start_date", at=MONDAY + DAY * 10).candidate
    facts = [{"erased_at": due}, {"use_until": None}, {"never_at": due}, {"do_not_contact_at": due}]
    facts += [{"employed_on": day_of(due)}, {"touchable_on": day_of(due) + DAY}]
    before = Candidate.objects.filter(pk=person.pk).values(*{name for fact in facts for name in fact}).get()
    for fact in facts:
        changed(person, **fact)
        evaluate(Scope(people=[person.pk]), due)
        assert not Proposal.objects.filter(candidate=person).exists(), fact
        changed(person, **before)

    evaluate(Scope(people=[person.pk]), due)
    assert Proposal.objects.filter(candidate=person).exists()


def test_the_blocks_are_asked_from_any_row_with_a_person():
    free = an_application(through="sourcing")
    busy = an_application(through="screening")

    from funnel.models import Application

    found = Application.objects.filter(blocks.allowed("candidate__", AT))
    assert set(found) == {free}
    assert busy not in found
