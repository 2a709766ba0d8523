from __future__ import annotations

import pytest

from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from recruiting.skills import services
from recruiting.skills.models import Skill, SkillAlias, SkillClosure
from recruiting.skills.selectors import narrower_of, resolve_term
from tests.builders import MONDAY, a_lead
from tests.builders_skills import a_skill, the_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return a_lead()


def test_a_new_skill_is_found_by_both_names_and_lies_below_itself(lead):
    skill = services.add_skill(
        key="kanryu", name_en="Recycling people", name_ja="還流採用", field="business", by=lead, at=MONDAY
    )

    assert resolve_term("recycling-people") == resolve_term("還流採用") == skill
    assert SkillClosure.objects.get(narrow=skill, broad=skill).depth == 0
    assert Event.objects.filter(verb="skills.skill_added", subject_key=skill.pk, by=lead).exists()


def test_a_name_that_already_means_another_skill_is_refused(lead):
    with pytest.raises(Refused, match="already means Kubernetes"):
        services.add_skill(key="eight", name_en="K8s", name_ja="k8s", field="engineering", by=lead, at=MONDAY)

    assert not Skill.objects.filter(key="eight").exists()


def test_a_key_is_given_once(lead):
    with pytest.raises(Refused, match="already a skill"):
        services.add_skill(key="java", name_en="Java two", name_ja="Java 2", field="engineering", by=lead, at=MONDAY)


def test_an_alias_is_announced_with_its_normal_form_so_that_unmapped_terms_can_be_mapped(lead):
    services.add_alias(skill=the_skill("kubernetes"), text="Ｋｕｂｅｒ8", by=lead, at=MONDAY)

    assert resolve_term("kuber8") == the_skill("kubernetes")
    told = OutboxMessage.objects.get(topic="skills.alias_added")
    assert told.payload["normal"] == "kuber8"
    assert told.payload["skill"] == the_skill("kubernetes").pk


@pytest.mark.parametrize("text", ["", "・", "x" * 101])
def test_what_is_no_name_is_refused(lead, text):
    with pytest.raises(Refused, match="cannot be the name"):
        services.add_alias(skill=the_skill("java"), text=text, by=lead, at=MONDAY)


def test_java_is_never_javascript(lead):
    with pytest.raises(Refused, match="already means JavaScript"):
        services.add_alias(skill=the_skill("java"), text="Java Script", by=lead, at=MONDAY)


def test_a_name_cannot_be_taken_away_like_an_alias(lead):
    with pytest.raises(Refused, match="is the skill’s name"):
        services.remove_alias(alias=SkillAlias.objects.get(normal="kubernetes"), by=lead, at=MONDAY)


def test_a_former_name_stays_as_an_alias(lead):
    skill = a_skill("Old name", "旧名称")

    services.edit_skill(skill=skill, name_en="New name", name_ja="旧名称", is_active=True, by=lead, at=MONDAY)

    assert resolve_term("old name") == resolve_term("NEW NAME") == skill
    assert set(skill.aliases.filter(is_name=True).values_list("text", flat=True)) == {"New name", "旧名称"}


def test_a_retired_skill_is_recognised_no_more_but_stays(lead):
    skill = a_skill("Gone skill")

    services.edit_skill(skill=skill, name_en="Gone skill", name_ja="去", is_active=False, by=lead, at=MONDAY)

    assert resolve_term("Gone skill") is None
    assert Skill.objects.filter(pk=skill.pk).exists()


def test_a_new_edge_lets_everything_below_meet_everything_above(lead):
    top, middle, bottom = a_skill(), a_skill(), a_skill()
    services.add_broader(narrow=bottom, broad=middle, by=lead, at=MONDAY)

    edge = services.add_broader(narrow=middle, broad=top, by=lead, at=MONDAY)

    assert narrower_of([top.pk]) == {top.pk: {top.pk, middle.pk, bottom.pk}}
    changed = Event.objects.filter(verb="skills.taxonomy_changed").latest("id")
    assert changed.data["broad"] == [top.pk]

    services.remove_broader(edge=edge, by=lead, at=MONDAY)

    assert narrower_of([top.pk, middle.pk]) == {top.pk: {top.pk}, middle.pk: {middle.pk, bottom.pk}}


def test_a_circle_is_refused(lead):
    top = a_skill()
    middle = a_skill(below=top)
    bottom = a_skill(below=middle)

    with pytest.raises(Refused, match="already lies below"):
        services.add_broader(narrow=top, broad=bottom, by=lead, at=MONDAY)
    with pytest.raises(Refused, match="already lies below"):
        services.add_broader(narrow=top, broad=top, by=lead, at=MONDAY)


def test_a_second_way_up_keeps_a_pair_when_the_first_is_removed(lead):
    top = a_skill()
    middle = a_skill(below=top)
    bottom = a_skill(below=middle)
    direct = services.add_broader(narrow=bottom, broad=top, by=lead, at=MONDAY)
    assert SkillClosure.objects.get(narrow=bottom, broad=top).depth == 1

    services.remove_broader(edge=direct, by=lead, at=MONDAY)

    assert SkillClosure.objects.get(narrow=bottom, broad=top).depth == 2


def test_rebuilding_what_is_in_step_changes_and_announces_nothing(lead):
    before = Event.objects.count()

    assert services.rebuild_closure(by=lead, at=MONDAY) == 0

    assert Event.objects.count() == before


def test_related_is_the_same_pair_both_ways_round(lead):
    one, other = a_skill(), a_skill()

    first = services.add_related(one=other, other=one, by=lead, at=MONDAY)

    assert services.add_related(one=one, other=other, by=lead, at=MONDAY) == first
    with pytest.raises(Refused, match="not related to itself"):
        services.add_related(one=one, other=one, by=lead, at=MONDAY)
