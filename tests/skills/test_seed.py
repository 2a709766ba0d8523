from __future__ import annotations

from collections import Counter

import pytest

from recruiting.core.models import Event
from recruiting.skills import services, taxonomy
from recruiting.skills.levels import Scale
from recruiting.skills.models import Field, Skill, SkillAlias, SkillBroader, SkillClosure
from recruiting.skills.seed import read_rows, seed_skills
from recruiting.skills.selectors import resolve_terms
from tests.builders import MONDAY, a_lead
from tests.builders_skills import the_skill

ROWS = list(read_rows())
KEYS = {row.key for row in ROWS}


def test_there_are_at_least_three_hundred_skills_in_both_languages():
    assert len(KEYS) == len(ROWS) >= 300
    assert all(row.name_en and row.name_ja for row in ROWS)
    assert {row.field for row in ROWS} == {Field.ENGINEERING, Field.BUSINESS, Field.LANGUAGE}
    assert {row.scale for row in ROWS} == set(Scale.values)


def test_no_spelling_means_two_skills():
    counted = Counter(normal for row in ROWS for normal in row.spellings())

    assert [normal for normal, times in counted.items() if times > 1 or not normal] == []


def test_every_broader_and_related_skill_exists():
    assert {key for row in ROWS for key in row.broader + row.related} <= KEYS


def test_no_skill_lies_below_itself():
    number = {row.key: place for place, row in enumerate(ROWS)}
    edges = [(number[row.key], number[key]) for row in ROWS for key in row.broader]

    closure = taxonomy.closure_of(number.values(), edges)

    assert not any((broad, narrow) in closure for narrow, broad in closure if narrow != broad)


@pytest.mark.django_db
def test_the_closure_of_the_seeded_vocabulary_is_complete():
    wanted = taxonomy.closure_of(
        Skill.objects.values_list("pk", flat=True), SkillBroader.objects.values_list("narrow", "broad")
    )

    standing = {(row.narrow_id, row.broad_id): row.depth for row in SkillClosure.objects.all()}

    assert standing == wanted
    assert len(standing) > len(ROWS)


@pytest.mark.django_db
def test_seeding_again_adds_nothing_and_asks_once(django_assert_num_queries):
    before = Event.objects.count()

    with django_assert_num_queries(3):  # savepoint, keys, release
        assert seed_skills(at=MONDAY) == 0

    assert Event.objects.count() == before


@pytest.mark.django_db
def test_seeding_leaves_alone_what_a_lead_has_edited():
    lead, skill = a_lead(), the_skill("kubernetes")
    services.edit_skill(skill=skill, name_en="K8s at ours", name_ja="当社のk8s", is_active=True, by=lead, at=MONDAY)
    services.remove_alias(alias=SkillAlias.objects.get(normal="kube"), by=lead, at=MONDAY)
    services.remove_broader(edge=SkillBroader.objects.get(narrow=skill), by=lead, at=MONDAY)
    Skill.objects.filter(key="helm").delete()

    assert seed_skills(at=MONDAY) == 1

    skill.refresh_from_db()
    assert skill.name_en == "K8s at ours"
    assert not SkillAlias.objects.filter(normal="kube").exists()
    assert not SkillBroader.objects.filter(narrow=skill).exists()
    assert SkillClosure.objects.filter(narrow__key="helm", broad=skill, depth=1).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("k8s", "kubernetes"),
        ("golang", "go"),
        ("Go言語", "go"),
        ("ＪＡＶＡ", "java"),
        ("ｼﾞｬﾊﾞ", "java"),
        ("ジャバスクリプト", "javascript"),
        ("js", "javascript"),
        ("ts", "typescript"),
        ("React.js", "react"),
        ("reactjs", "react"),
        ("React JS", "react"),
        ("React", "react"),
        ("node", "nodejs"),
        ("Node.js", "nodejs"),
        ("Vue.js", "vue"),
        ("vuejs", "vue"),
        ("Next.js", "nextjs"),
        ("C", "c"),
        ("C言語", "c"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        ("Ｃ＃", "csharp"),
        ("F#", "fsharp"),
        ("Objective-C", "objective-c"),
        (".NET", "dotnet"),
        (".NET Core", "dotnet"),
        ("ASP.NET", "asp-net"),
        ("Postgres", "postgresql"),
        ("psql", "postgresql"),
        ("aws", "aws"),
        ("Amazon Web Services", "aws"),
        ("TOEIC 800", "english"),
        ("ベトナム語", "vietnamese"),
        ("簿記2級", "nissho-2"),
    ],
)
def test_a_known_spelling_finds_its_skill(written, key):
    assert resolve_terms([written])[written].key == key


@pytest.mark.django_db
def test_who_holds_the_higher_grade_holds_the_lower():
    assert SkillClosure.objects.filter(narrow__key="nissho-1", broad__key="nissho-3", depth=2).exists()
    assert SkillClosure.objects.filter(narrow__key="spring-boot", broad__key="java").exists()
    assert not SkillClosure.objects.filter(narrow__key="javascript", broad__key="java").exists()
