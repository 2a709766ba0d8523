"""People written many at once are the people one would have added one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recruiting.candidates import services
from recruiting.candidates.models import Candidate, Purpose
from recruiting.candidates.services import SourceTerms
from recruiting.candidates.services.bulk import Person, Skilled, known_people, write_people
from recruiting.skills.selectors import resolve_term
from tests.builders import MONDAY, a_recruiter
from tests.builders_candidates import a_candidate

GIVEN_ON = date(2026, 10, 1)
PLAIN = {
    "family_name": "山田",
    "given_name": "花子",
    "family_kana": "ヤマダ",
    "given_kana": "ハナコ",
    "name_lang": "ja",
    "language": "ja",
    "country": "JP",
    "location": "東京",
    "employer": "Example\tK.K.",
    "title": "Engineer",
}


def all_about(candidate: Candidate) -> dict[str, Any]:
    """Everything but the keys."""
    own = {
        name: getattr(candidate, name) for name in (*PLAIN, "links", "extra", "search_text", "use_until", "keep_until")
    }
    return {
        **own,
        "skills_changed_at": candidate.skills_changed_at,
        "by": candidate.created_by,
        "points": set(candidate.contact_points.values_list("kind", "value", "normal", "state")),
        "sources": set(candidate.sources.values_list("channel", "campaign", "came_on", "is_origin")),
        "bases": set(candidate.bases.values_list("purpose", "kind", "given_on", "until", "recorded_by")),
        "skills": set(candidate.skill_evidence.values_list("skill", "term", "level", "state", "source", "seen_on")),
    }


@pytest.mark.django_db
def test_many_at_once_are_the_same_as_one_by_one():
    by, points = a_recruiter(), [("email", "Hanako@Example.JP"), ("phone", "090-1234-5678")]
    source = SourceTerms("referral", GIVEN_ON, campaign="Friends")
    single = services.add_candidate(
        **PLAIN, links=["https://example.jp"], extra={"x": "y"}, contact_points=points, source=source, by=by, at=MONDAY
    )
    services.record_basis(
        candidate=single, purpose=Purpose.FUTURE_ROLES, kind="agreed", given_on=GIVEN_ON, by=by, at=MONDAY
    )
    for term in ("Python", "Basket weaving"):
        services.add_evidence(candidate=single, term=term, source="import", seen_on=GIVEN_ON, by=by, at=MONDAY)

    person = Person(columns=dict(PLAIN))
    person.link(["https://example.jp"])
    person.keep({"x": "y"})
    for kind, value in points:
        person.reachable_by(kind, value, services.normal_of(kind, value, "JP"))
    person.came(source)
    person.rests_on("agreed", GIVEN_ON, None)
    person.can(Skilled(resolve_term("Python").pk, "Python", None, GIVEN_ON))
    person.can(Skilled(None, "Basket weaving", None, GIVEN_ON))
    write_people(people=[person], by=by, at=MONDAY, data={})

    bulk, single = (Candidate.objects.get(pk=key) for key in (person.key, single.pk))
    assert all_about(bulk) == all_about(single)


@pytest.mark.django_db
def test_what_is_known_is_filled_up_and_never_overwritten():
    before = a_candidate(family_name="Mori", given_name="", employer="Here", email="mori@example.test")
    person = known_people([before.pk])[before.pk]

    differing = person.fill(given_name="Aya", employer="There", title="Engineer")
    person.reachable_by("phone", "090-1111-2222", "+819011112222")
    write_people(people=[person], by=None, at=MONDAY, data={})

    after = Candidate.objects.get(pk=before.pk)
    assert differing == ["employer"]
    assert (after.given_name, after.employer, after.title) == ("Aya", "Here", "Engineer")
    assert "09011112222" in after.search_text
    assert after.contact_points.count() == 2
    assert after.use_until == before.use_until


@pytest.mark.django_db
def test_what_they_took_back_is_not_given_again_by_the_same_paper():
    candidate = a_candidate(agreed_on=GIVEN_ON)
    services.withdraw_basis(basis=candidate.bases.get(), by=None, at=MONDAY)
    person = known_people([candidate.pk])[candidate.pk]

    person.rests_on("agreed", date(2026, 9, 1), date(2028, 9, 1))
    write_people(people=[person], by=None, at=MONDAY, data={})

    assert Candidate.objects.get(pk=candidate.pk).use_until is None


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 50])
def test_a_hundred_people_cost_the_statements_of_one(count, django_assert_max_num_queries):
    people = [Person(columns={"family_name": f"P{n}"}) for n in range(count)]
    for number, person in enumerate(people):
        person.columns |= {"given_name": "", "family_kana": "", "given_kana": "", "employer": "", "title": ""}
        person.reachable_by("email", f"p{number}@x.test", f"p{number}@x.test")
        person.came(SourceTerms("import", GIVEN_ON))
        person.rests_on("announced", GIVEN_ON, None)

    with django_assert_max_num_queries(28):
        write_people(people=people, by=None, at=MONDAY, data={})
