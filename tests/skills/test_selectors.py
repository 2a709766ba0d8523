from __future__ import annotations

import pytest

from recruiting.skills import selectors
from recruiting.skills.closeness import closeness, nearness
from tests.builders_skills import a_skill, the_skill

pytestmark = pytest.mark.django_db


def test_a_thousand_terms_cost_the_one_query_that_one_term_costs(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert selectors.resolve_term("golang").key == "go"
    with django_assert_num_queries(1):
        found = selectors.resolve_terms([*(f"unknown {n}" for n in range(3000)), "k8s", "Ｃ＃"])

    assert {text: skill.key for text, skill in found.items()} == {"k8s": "kubernetes", "Ｃ＃": "csharp"}


def test_what_cannot_be_a_term_is_not_even_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selectors.resolve_terms(["", "・"]) == {}


def test_an_unknown_term_stays_unknown():
    assert selectors.resolve_term("underwater basket weaving") is None


def test_closeness_of_the_seeded_vocabulary_in_three_queries(django_assert_num_queries):
    asked = [the_skill(key).pk for key in ("postgresql", "java", "kubernetes")]
    held = {the_skill(key).pk for key in ("mysql", "object-oriented", "eks")}

    with django_assert_num_queries(3):
        around = selectors.neighbourhoods(asked)

    assert [closeness(held, skill, around) for skill in asked] == [0.3, 0.5, 1.0]
    assert nearness(held, asked, around) == pytest.approx(0.6)


def test_the_skill_itself_and_those_below_it_are_no_siblings():
    top = a_skill()
    one, other = a_skill(below=top), a_skill(below=top)

    around = selectors.neighbourhoods([top.pk, one.pk])

    assert around[one.pk].siblings == {other.pk}
    assert around[top.pk].siblings == set()
    assert around[top.pk].met_by == {top.pk, one.pk, other.pk}
    assert around[one.pk].broader == {top.pk}


def test_suggestions_begin_with_the_exact_word_and_name_each_skill_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = [skill.key for skill in selectors.suggestions("java")]

    assert found[0] == "java"
    assert found[1] == "javascript"
    assert len(found) == len(set(found)) <= 10


def test_a_retired_skill_is_not_suggested():
    skill = a_skill("Zymurgy")
    type(skill).objects.filter(pk=skill.pk).update(is_active=False)

    assert selectors.suggestions("zymurgy") == []
    assert selectors.suggestions("") == []


def test_searching_finds_a_skill_by_any_of_its_names():
    assert "kubernetes" in {skill.key for skill in selectors.matching("K8")}
    assert "go" in {skill.key for skill in selectors.matching("ｇｏｌａｎｇ")}
    assert "bookkeeping" in {skill.key for skill in selectors.matching("簿記")}


def test_related_skills_are_seen_from_both_sides():
    assert "kotlin" in {skill.key for skill in selectors.related_to(the_skill("java"))}
    assert "java" in {skill.key for skill in selectors.related_to(the_skill("kotlin"))}
