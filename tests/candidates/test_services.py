"""Writing about people: what is refused, what follows, and that every write leaves its event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recruiting.candidates import selectors, services
from recruiting.candidates.models import Candidate, ContactPoint, EvidenceState, Purpose, SkillEvidence
from recruiting.candidates.services import SourceTerms
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.skills.selectors import resolve_term
from tests.builders import a_recruiter
from tests.builders_candidates import a_candidate, an_agency

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


def _last_event(candidate: Candidate) -> Event:
    return Event.objects.filter(person=candidate.pk).latest("pk")


def test_a_person_without_a_name_is_refused(at):
    with pytest.raises(Refused, match="name"):
        services.add_candidate(family_name=" ", source=None, by=None, at=at)


def test_without_a_basis_nobody_may_be_used_again(at):
    person = a_candidate(is_usable=False)

    assert person.use_until is None
    assert not Candidate.objects.usable_on(TODAY).filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("country", "until"),
    [("JP", date(2027, 11, 2)), ("DE", date(2027, 11, 2)), ("US", date(2028, 11, 2)), ("", date(2027, 11, 2))],
)
def test_future_use_ends_after_the_period_of_the_country(country, until):
    assert a_candidate(country=country).use_until == until


def test_the_longest_standing_basis_counts_and_withdrawing_it_uncovers_the_next(at):
    person = a_candidate(until=date(2027, 1, 1))
    longer = services.record_basis(
        candidate=person,
        purpose=Purpose.FUTURE_ROLES,
        kind="agreed",
        given_on=TODAY,
        until=date(2028, 1, 1),
        by=None,
        at=at,
    )
    assert person.use_until == date(2028, 1, 1)

    services.withdraw_basis(basis=longer, by=None, at=at)
    person = Candidate.objects.get(pk=person.pk)
    assert person.use_until == date(2027, 1, 1)
    assert person.keep_until == date(2028, 1, 1)  # what was allowed must stay provable

    services.withdraw_purposes(candidate=person, purposes=[Purpose.FUTURE_ROLES], by=None, at=at)
    assert person.use_until is None
    assert _last_event(person).verb == "candidate.consent_changed"


def test_a_basis_for_mailings_lets_nobody_be_proposed(at):
    person = a_candidate(is_usable=False)

    services.record_basis(
        candidate=person,
        purpose=Purpose.MAILINGS,
        kind="agreed",
        given_on=TODAY,
        until=date(2030, 1, 1),
        by=None,
        at=at,
    )

    assert person.use_until is None


def test_who_objected_and_agrees_anew_may_be_used_again(at):
    person = a_candidate()
    services.object_to_use(candidate=person, by=None, at=at)
    assert not Candidate.objects.usable_on(TODAY).filter(pk=person.pk).exists()

    services.record_basis(candidate=person, purpose=Purpose.FUTURE_ROLES, kind="agreed", given_on=TODAY, by=None, at=at)

    assert Candidate.objects.usable_on(TODAY).filter(pk=person.pk).exists()
    assert _last_event(person).verb == "candidate.unblocked"


def test_the_same_address_twice_is_one_contact_point(at):
    person = a_candidate(email="mei@example.jp")

    services.add_contact_point(candidate=person, kind="email", value="MEI@example.jp", by=None, at=at)

    assert ContactPoint.objects.filter(candidate=person).count() == 1


@pytest.mark.parametrize(("kind", "value"), [("email", "mei at example"), ("phone", "tomorrow"), ("line", " ")])
def test_what_cannot_be_an_address_is_refused(kind, value, at):
    with pytest.raises(Refused):
        services.add_contact_point(candidate=a_candidate(), kind=kind, value=value, by=None, at=at)


def test_one_contact_point_is_preferred(at):
    person = a_candidate(email="one@example.jp")
    services.add_contact_point(
        candidate=person, kind="email", value="two@example.jp", by=None, at=at, is_preferred=True
    )
    services.add_contact_point(candidate=person, kind="phone", value="090-1234-5678", by=None, at=at, is_preferred=True)

    assert [str(point) for point in person.contact_points.filter(is_preferred=True)] == ["090-1234-5678"]


def test_the_first_source_is_the_origin_and_an_agency_owns_its_introduction_for_a_year(at):
    person = a_candidate(source=SourceTerms(channel="event", came_on=TODAY))

    later = services.add_source(candidate=person, channel="agency", agency=an_agency(), came_on=TODAY, by=None, at=at)

    assert [source.is_origin for source in person.sources.order_by("pk")] == [True, False]
    assert later.owned_until == date(2027, 11, 2)


def test_an_introduction_names_its_agency(at):
    with pytest.raises(Refused, match="agency"):
        services.add_source(candidate=a_candidate(), channel="agency", came_on=TODAY, by=None, at=at)


def test_an_edit_that_changes_nothing_tells_nobody(at):
    person = a_candidate(employer="Aozora Pay")
    before = Event.objects.count()

    services.edit_candidate(candidate=person, changes={"employer": "Aozora Pay"}, by=None, at=at)

    assert Event.objects.count() == before


def test_protected_columns_are_not_edited(at):
    with pytest.raises(Refused, match="use_until"):
        services.edit_candidate(candidate=a_candidate(), changes={"use_until": date(2099, 1, 1)}, by=None, at=at)


def test_a_link_that_runs_a_script_is_refused(at):
    with pytest.raises(Refused, match="link"):
        services.edit_candidate(candidate=a_candidate(), changes={"links": ["javascript:alert(1)"]}, by=None, at=at)


def test_a_next_action_needs_a_day(at):
    with pytest.raises(Refused, match="day"):
        services.set_next_action(candidate=a_candidate(), text="Call", by=None, at=at)


# --- Skills -----------------------------------------------------------------------------------------------------------


def test_an_unknown_word_stays_visible_and_counts_for_nothing(at):
    evidence = services.add_evidence(
        candidate=a_candidate(), term="Vault Radar 9", level=3, seen_on=TODAY, by=None, at=at
    )

    assert (evidence.skill, evidence.level, str(evidence)) == (None, None, "Vault Radar 9")


def test_a_word_is_resolved_and_the_person_marked_as_changed(at):
    person = a_candidate()

    evidence = services.add_evidence(candidate=person, term="golang", level=4, seen_on=TODAY, by=None, at=at)

    assert evidence.skill == resolve_term("Go")
    assert person.skills_changed_at == at
    assert _last_event(person).verb == "candidate.skills_changed"


def test_a_level_that_the_scale_does_not_have_is_refused(at):
    with pytest.raises(Refused, match="level"):
        services.add_evidence(candidate=a_candidate(), term="Go", level=6, seen_on=TODAY, by=None, at=at)


def test_confirming_at_another_level_leaves_what_was_said(at, recruiter):
    person = a_candidate()
    said = services.add_evidence(candidate=person, term="Go", level=4, seen_on=TODAY, by=None, at=at)

    seen = services.confirm_evidence(evidence=said, level=3, by=recruiter, at=at)

    assert (seen.level, seen.state, seen.confirmed_by) == (3, EvidenceState.CONFIRMED, recruiter)
    assert SkillEvidence.objects.get(pk=said.pk).level == 4


def test_a_failed_criterion_refutes_what_spoke_for_it_and_leaves_lower_levels(at, recruiter):
    person = a_candidate()
    for level in (2, 4, None):
        services.add_evidence(candidate=person, term="Go", level=level, seen_on=TODAY, by=None, at=at)

    services.refute_skill(candidate=person, skill=resolve_term("Go"), level=3, by=recruiter, at=at)

    standing = person.skill_evidence.exclude(state=EvidenceState.REFUTED)
    assert list(standing.values_list("level", flat=True)) == [2]
    assert person.skill_evidence.filter(state=EvidenceState.REFUTED).count() == 3  # and the finding itself


# --- Blocks -----------------------------------------------------------------------------------------------------------


def test_do_not_hire_needs_a_reason_and_a_review_ahead(at, lead):
    person = a_candidate()
    with pytest.raises(Refused, match="why"):
        services.set_do_not_hire(candidate=person, why=" ", review_on=TODAY + timedelta(days=9), by=lead, at=at)
    with pytest.raises(Refused, match="ahead"):
        services.set_do_not_hire(candidate=person, why="Fraud", review_on=TODAY, by=lead, at=at)


def test_setting_and_lifting_a_block_is_told(at, lead):
    person = a_candidate()

    services.set_do_not_contact(candidate=person, why="Asked by phone", by=lead, at=at)
    assert (_last_event(person).verb, _last_event(person).data["block"]) == ("candidate.blocked", "do_not_contact")

    services.lift_do_not_contact(candidate=person, by=lead, at=at)
    assert person.do_not_contact_at is None
    assert _last_event(person).verb == "candidate.unblocked"


def test_nobody_leaves_twice_or_before_they_started(at):
    person = a_candidate()
    services.set_employed(candidate=person, employed_on=date(2025, 4, 1), by=None, at=at)
    with pytest.raises(Refused, match="before"):
        services.set_departed(candidate=person, departed_on=date(2025, 3, 1), by=None, at=at)

    services.set_departed(candidate=person, departed_on=date(2026, 3, 31), by=None, at=at)
    with pytest.raises(Refused, match="already"):
        services.set_departed(candidate=person, departed_on=date(2026, 3, 31), by=None, at=at)


# --- Notes, tags, two people ------------------------------------------------------------------------------------------


def test_a_note_names_the_colleagues_after_an_at_sign(at, recruiter):
    nakamura = a_recruiter(family_name="中村", given_name="美咲", name_lang="ja")
    a_recruiter(family_name="Smith", given_name="Ann")

    note = services.add_note(
        candidate=a_candidate(), text="Ask @中村 美咲 about the mail to x@smithery.example", by=recruiter, at=at
    )

    assert nakamura in note.mentions.all()


def test_a_tag_is_one_list_whatever_its_case(at):
    one, two = a_candidate(), a_candidate()

    services.tag(candidate=one, name="Meetup  2026", by=None, at=at)
    assert services.tag_many(candidates=[one, two], name="meetup 2026", by=None, at=at) == 1

    assert one.tags.get() == two.tags.get()


def test_equal_addresses_may_be_one_person_until_somebody_says_two(at, recruiter):
    one = a_candidate(email="shared@example.jp")
    other = a_candidate(email="Shared@Example.jp")
    assert list(selectors.possible_duplicates(one)) == [other]

    services.say_two_people(one=other, other=one, by=recruiter, at=at)

    assert not selectors.possible_duplicates(one).exists()
    assert not selectors.possible_duplicates(other).exists()


def test_people_are_found_by_their_addresses_in_one_go():
    one = a_candidate(email="a@example.jp")
    a_candidate(email="b@example.jp")

    assert selectors.people_by_email(["A@example.jp", "c@example.jp"]) == {"a@example.jp": [one]}
