"""Reading the vocabulary: finding a skill by any of its names, and what lies around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from recruiting.skills.closeness import Neighbourhood
from recruiting.skills.models import Skill, SkillAlias, SkillBroader, SkillClosure, SkillRelated
from recruiting.skills.normalise import normal_form

PAGE = 50
MANY_TERMS = 1000  # beyond this the whole vocabulary is smaller than the list of what to look for


def resolve_term(text: str) -> Skill | None:
    """The skill in use that a word means, or None: an unknown term stays visible as unmapped."""
    return resolve_terms([text]).get(text)


def resolve_terms(texts: Collection[str]) -> dict[str, Skill]:
    """Each known text with its skill, in one query however many texts there are; unknown texts are left out."""
    normals = {text: normal_form(text) for text in texts}
    wanted = {normal for normal in normals.values() if normal}
    if not wanted:
        return {}
    aliases = SkillAlias.objects.filter(skill__is_active=True).select_related("skill")
    if len(wanted) <= MANY_TERMS:
        aliases = aliases.filter(normal__in=wanted)
    found = {alias.normal: alias.skill for alias in aliases}
    return {text: found[normal] for text, normal in normals.items() if normal in found}


def narrower_of(skill_ids: Collection[int]) -> dict[int, set[int]]:
    """For each asked skill everything that meets it: itself and all narrower ones."""
    below: defaultdict[int, set[int]] = defaultdict(set)
    rows = SkillClosure.objects.filter(broad__in=skill_ids)  # closure_what_meets_a_skill
    for broad, narrow in rows.values_list("broad", "narrow"):
        below[broad].add(narrow)
    return {skill: below[skill] for skill in skill_ids}


def neighbourhoods(skill_ids: Collection[int]) -> dict[int, Neighbourhood]:
    """What surrounds each asked skill, in three queries; give it to `closeness` and `nearness`."""
    below = narrower_of(skill_ids)
    above: defaultdict[int, set[int]] = defaultdict(set)
    for narrow, broad in SkillClosure.objects.filter(narrow__in=skill_ids, depth__gt=0).values_list("narrow", "broad"):
        above[narrow].add(broad)
    beside: defaultdict[int, set[int]] = defaultdict(set)
    shared = SkillBroader.objects.filter(narrow__in=skill_ids)
    for skill, sibling in shared.values_list("narrow", "broad__narrower_edges__narrow"):
        beside[skill].add(sibling)
    return {
        skill: Neighbourhood(frozenset(below[skill]), frozenset(above[skill]), frozenset(beside[skill] - {skill}))
        for skill in skill_ids
    }


def matching(text: str) -> QuerySet[Skill]:
    """Skills that any name or alias of contains the text; everything where no text is given."""
    normal = normal_form(text)
    if not normal:
        return Skill.objects.all()
    return Skill.objects.filter(pk__in=SkillAlias.objects.filter(normal__contains=normal).values("skill"))


def suggestions(text: str, limit: int = 10) -> list[Skill]:
    """The best skills in use for what was typed so far: written exactly so, beginning so, then containing it."""
    normal = normal_form(text)
    if not normal:
        return []
    place = Case(
        When(normal=normal, then=Value(0)),
        When(normal__startswith=normal, is_name=True, then=Value(1)),
        When(normal__startswith=normal, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    hits = SkillAlias.objects.filter(normal__contains=normal, skill__is_active=True)
    best: dict[int, Skill] = {}
    for alias in hits.annotate(place=place).select_related("skill").order_by("place", "normal")[: limit * 8]:
        best.setdefault(alias.skill_id, alias.skill)
    return list(best.values())[:limit]


def skills_with_names() -> QuerySet[Skill]:
    """Skills with every spelling and their direct broader ones: three queries for any number of rows."""
    above = SkillBroader.objects.select_related("broad").order_by("broad__key")
    return Skill.objects.prefetch_related("aliases", Prefetch("broader_edges", above))


def skills_with_edges() -> QuerySet[Skill]:
    """The same with the direct narrower ones: one more query."""
    below = SkillBroader.objects.select_related("narrow").order_by("narrow__key")
    return skills_with_names().prefetch_related(Prefetch("narrower_edges", below))


def related_to(skill: Skill) -> QuerySet[Skill]:
    """Skills worth seeing beside this one, whichever way round the pair is kept."""
    pairs = SkillRelated.objects.filter(Q(low=skill) | Q(high=skill)).annotate(
        other=Case(When(low=skill, then=F("high")), default=F("low"))
    )
    return Skill.objects.filter(pk__in=pairs.values("other")).order_by("key")


@dataclass(frozen=True)
class KeysetPage:
    """Some rows in the order of their keys, and the keys to go on from ("" at an end)."""

    rows: list[Skill]
    before: str
    after: str


def page_by_key(skills: QuerySet[Skill], *, after: str = "", before: str = "", size: int = PAGE) -> KeysetPage:
    """The page that begins after a key or ends before one. Costs the same at either end of the list."""
    if before:
        found = list(skills.filter(key__lt=before).order_by("-key")[: size + 1])
        rows = found[:size][::-1]
        return KeysetPage(rows, rows[0].key if len(found) > size else "", rows[-1].key if rows else "")
    found = list(skills.filter(key__gt=after).order_by("key")[: size + 1])
    rows = found[:size]
    return KeysetPage(rows, rows[0].key if after and rows else "", rows[-1].key if len(found) > size else "")
