"""A person is found by any of their words, however they are written."""

from __future__ import annotations

import pytest

from recruiting.candidates import selectors, services
from recruiting.candidates.models import Candidate
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    ["山田", "山田太郎", "山田 太郎", "太郎", "やまだ", "ﾔﾏﾀﾞ", "taro@", "aozora", "アオゾラ", "090", "山", "+8190"],
)
def test_a_person_is_found_however_they_are_typed(typed):
    person = a_candidate(
        family_name="山田",
        given_name="太郎",
        family_kana="やまだ",
        given_kana="たろう",
        name_lang="ja",
        email="taro@example.jp",
        employer="Aozora Pay あおぞら",
    )
    services.add_contact_point(candidate=person, kind="phone", value="+819012345678", by=None, at=MONDAY)
    a_candidate(family_name="Çetin", given_name="Ada")

    found = selectors.search(Candidate.objects.all(), typed)

    assert list(found) == [person]


def test_accents_are_not_needed():
    person = a_candidate(family_name="Çetin", given_name="Ada")

    assert list(selectors.search(Candidate.objects.all(), "cetin")) == [person]
    assert list(selectors.search(Candidate.objects.all(), "çe")) == [person]  # two letters begin a word
    assert not selectors.search(Candidate.objects.all(), "cetin mei").exists()


def test_search_finds_what_was_just_brought_in(at):
    person = a_candidate(family_name="Okonkwo")

    services.settle_search()

    assert list(selectors.search(Candidate.objects.all(), "okonkwo")) == [person]
