from __future__ import annotations

import pytest
from django.urls import reverse

from recruiting.skills.models import Skill, SkillAlias, SkillBroader
from recruiting.skills.selectors import PAGE, resolve_term
from tests.builders import a_lead, a_recruiter, an_interviewer
from tests.builders_skills import a_skill, the_skill

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead(client):
    user = a_lead()
    client.force_login(user)
    return user


def shown(response) -> list[str]:
    return [skill.key for skill in response.context["page"].rows]


def test_anybody_who_works_here_may_look(client):
    client.force_login(an_interviewer())

    assert client.get(reverse("skills:list")).status_code == 200
    page = client.get(reverse("skills:detail", args=[the_skill("kubernetes").pk]))

    assert page.status_code == 200
    assert "k8s" in page.content.decode()
    assert "<form method" not in page.content.decode().split('id="skill"')[1].split("</main>")[0]


def test_the_list_is_turned_page_by_page_there_and_back(client, lead):
    first = client.get(reverse("skills:list"))
    second = client.get(first.context["next_url"])
    again = client.get(second.context["previous_url"])

    assert len(shown(first)) == len(shown(second)) == PAGE
    assert shown(first)[-1] < shown(second)[0]
    assert shown(again) == shown(first)
    assert first.context["previous_url"] == again.context["previous_url"] == ""


def test_turning_through_the_whole_list_shows_every_skill_once(client, lead):
    url, keys = reverse("skills:list"), []
    while url:
        page = client.get(url)
        keys += shown(page)
        url = page.context["next_url"]

    assert keys == sorted(Skill.objects.values_list("key", flat=True))


def test_a_skill_is_found_by_any_spelling_and_the_field_is_kept(client, lead):
    assert "kubernetes" in shown(client.get(reverse("skills:list"), {"q": "Ｋ８ｓ"}))
    assert shown(client.get(reverse("skills:list"), {"q": "ベトナム", "field": "language"})) == ["vietnamese"]
    assert shown(client.get(reverse("skills:list"), {"q": "ベトナム", "field": "business"})) == []
    business = client.get(reverse("skills:list"), {"field": "business"})
    assert "field=business" in business.context["next_url"]


def test_typing_swaps_the_list_alone(client, lead):
    answer = client.get(reverse("skills:list"), {"q": "rust"}, headers=HTMX)

    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_the_list_costs_the_same_for_one_skill_as_for_fifty(client, lead, django_assert_num_queries):
    for query in ({}, {"q": "vietnamese"}):
        with django_assert_num_queries(5):  # session, user, skills, spellings, broader
            client.get(reverse("skills:list"), query)


def test_a_skill_costs_the_same_however_much_lies_around_it(client, lead, django_assert_num_queries):
    for skill in (the_skill("aws"), the_skill("nissho-1"), a_skill()):
        with django_assert_num_queries(7):  # session, user, skill, spellings, broader, narrower, related
            client.get(reverse("skills:detail", args=[skill.pk]))


def test_suggestions_are_options_whatever_the_field_is_called(client, lead, django_assert_num_queries):
    with django_assert_num_queries(3):  # session, user, spellings
        answer = client.get(reverse("skills:suggest"), {"broad": "golan"}).content.decode()

    assert '<option value="Go">' in answer
    assert answer.count("<option") <= 10
    assert client.get(reverse("skills:suggest")).content.decode().count("<option") == 0


def test_a_lead_adds_a_skill_and_the_key_comes_from_its_name(client, lead):
    order = {"name_en": "Pottery glazing", "name_ja": "釉薬", "field": "other", "scale": "general", "key": ""}

    answer = client.post(reverse("skills:add"), order)

    skill = Skill.objects.get(key="pottery-glazing")
    assert answer.url == reverse("skills:detail", args=[skill.pk])
    assert resolve_term("釉薬") == skill


@pytest.mark.parametrize(
    ("name_en", "status", "said"),
    [
        ("K8s", 409, "already means Kubernetes"),
        ("", 422, "This field is required"),
        ("陶芸", 422, "No key can be made"),
    ],
)
def test_a_skill_that_cannot_be_added_says_why_and_keeps_what_was_typed(client, lead, name_en, status, said):
    order = {"name_en": name_en, "name_ja": "陶芸の技", "field": "other", "scale": "general", "key": ""}

    answer = client.post(reverse("skills:add"), order)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert "陶芸の技" in answer.content.decode()
    assert not Skill.objects.filter(name_ja="陶芸の技").exists()


def test_a_lead_adds_and_removes_a_spelling(client, lead):
    skill = the_skill("kubernetes")

    answer = client.post(reverse("skills:add_alias", args=[skill.pk]), {"text": "クーベ"}, headers=HTMX)
    assert "クーベ" in answer.content.decode()
    alias = SkillAlias.objects.get(text="クーベ")
    client.post(reverse("skills:remove_alias", args=[skill.pk, alias.pk]))

    assert resolve_term("クーベ") is None


def test_a_spelling_of_another_skill_is_refused_with_the_reason_in_the_same_fragment(client, lead):
    url = reverse("skills:add_alias", args=[the_skill("java").pk])

    for headers in (HTMX, {}):
        answer = client.post(url, {"text": "ジャバスクリプト"}, headers=headers)

        assert answer.status_code == 409
        assert "already means JavaScript" in answer.content.decode()
        assert 'value="ジャバスクリプト"' in answer.content.decode()


def test_the_name_of_a_skill_is_not_removed_like_a_spelling(client, lead):
    alias = SkillAlias.objects.get(normal="kubernetes")

    answer = client.post(reverse("skills:remove_alias", args=[alias.skill_id, alias.pk]))

    assert answer.status_code == 409
    assert SkillAlias.objects.filter(pk=alias.pk).exists()


def test_a_lead_puts_a_skill_below_another_by_any_of_its_names(client, lead):
    skill = a_skill()

    client.post(reverse("skills:add_broader", args=[skill.pk]), {"broad": "ｇｏｌａｎｇ"})
    edge = SkillBroader.objects.get(narrow=skill)
    assert edge.broad == the_skill("go")

    client.post(reverse("skills:remove_broader", args=[skill.pk, edge.pk]))
    assert not SkillBroader.objects.filter(narrow=skill).exists()


@pytest.mark.parametrize(
    ("broad", "status", "said"), [("Spring Boot", 409, "lies below"), ("Nothing", 422, "No skill")]
)
def test_a_circle_or_an_unknown_word_is_refused(client, lead, broad, status, said):
    answer = client.post(reverse("skills:add_broader", args=[the_skill("java").pk]), {"broad": broad}, headers=HTMX)

    assert answer.status_code == status
    assert said in answer.content.decode()


def test_a_lead_renames_and_retires_a_skill(client, lead):
    skill = a_skill()

    client.post(reverse("skills:edit", args=[skill.pk]), {"name_en": "Renamed", "name_ja": "改名"})

    skill.refresh_from_db()
    assert (skill.name_en, skill.name_ja, skill.is_active) == ("Renamed", "改名", False)


def test_only_who_keeps_the_vocabulary_may_change_it(client):
    client.force_login(a_recruiter())
    skill = the_skill("java")
    verbs = ["add_alias", "add_broader", "edit"]

    answers = [client.post(reverse(f"skills:{verb}", args=[skill.pk]), {}) for verb in verbs]
    answers += [client.post(reverse("skills:add"), {}), client.get(reverse("skills:new"))]

    assert {answer.status_code for answer in answers} == {403}


def test_nothing_changes_by_looking(client, lead):
    skill = the_skill("java")
    for verb in ("add_alias", "add_broader", "edit"):
        assert client.get(reverse(f"skills:{verb}", args=[skill.pk])).status_code == 405


def test_a_skill_is_shown_in_the_readers_language(client):
    client.force_login(a_lead(language="ja"))

    assert "営業" in client.get(reverse("skills:detail", args=[the_skill("sales").pk])).content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(reverse("skills:list")).status_code == 302
