"""Changing the vocabulary: a skill, its names, what is narrower than what. The closure follows in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core import events
from recruiting.core.refused import Refused
from recruiting.skills import taxonomy
from recruiting.skills.levels import Scale
from recruiting.skills.models import Skill, SkillAlias, SkillBroader, SkillClosure, SkillRelated
from recruiting.skills.normalise import normal_form

LONGEST_NORMAL = 100


@transaction.atomic
def add_skill(
    *, key: str, name_en: str, name_ja: str, field: str, scale: str = Scale.GENERAL, by: User | None, at: datetime
) -> Skill:
    """A new concept, found by both its names at once."""
    if Skill.objects.filter(key=key).exists():
        raise Refused(_("There is already a skill with the key “%(key)s”.") % {"key": key})
    skill = Skill.objects.create(key=key, name_en=name_en, name_ja=name_ja, field=field, scale=scale)
    _keep_names(skill)
    events.record("skills.skill_added", skill, by=by, at=at)
    rebuild_closure(by=by, at=at)
    return skill


@transaction.atomic
def edit_skill(*, skill: Skill, name_en: str, name_ja: str, is_active: bool, by: User, at: datetime) -> Skill:
    """Other names, or retired: a retired skill is offered and recognised nowhere, what points to it stays."""
    skill.name_en, skill.name_ja, skill.is_active = name_en, name_ja, is_active
    skill.save(update_fields=["name_en", "name_ja", "is_active"])
    _keep_names(skill)
    events.record("skills.skill_edited", skill, by=by, at=at)
    return skill


@transaction.atomic
def add_alias(*, skill: Skill, text: str, by: User | None, at: datetime) -> SkillAlias:
    """One more way of writing a skill. A spelling that already means another skill is refused."""
    alias = _claim(skill, text, is_name=False)
    events.record("skills.alias_added", skill, by=by, at=at, data={"skill": skill.pk, "normal": alias.normal})
    return alias


@transaction.atomic
def remove_alias(*, alias: SkillAlias, by: User, at: datetime) -> SkillAlias:
    """A spelling that no longer means this skill; its names stay as long as they are its names."""
    if alias.is_name:
        raise Refused(_("“%(text)s” is the skill’s name. Change the name instead.") % {"text": alias.text})
    SkillAlias.objects.filter(pk=alias.pk).delete()
    data = {"skill": alias.skill_id, "normal": alias.normal}
    events.record("skills.alias_removed", alias.skill, by=by, at=at, data=data)
    return alias


@transaction.atomic
def add_broader(*, narrow: Skill, broad: Skill, by: User | None, at: datetime) -> SkillBroader:
    """Whoever holds the narrow skill holds the broad one from now on. A circle is refused."""
    _lock_vocabulary()
    edges = list(SkillBroader.objects.values_list("narrow", "broad"))
    if taxonomy.closes_a_circle(narrow.pk, broad.pk, edges):
        words = {"broad": broad.name, "narrow": narrow.name}
        raise Refused(_("%(broad)s already lies below %(narrow)s; it cannot lie above it as well.") % words)
    edge, is_new = SkillBroader.objects.get_or_create(narrow=narrow, broad=broad)
    if is_new:
        events.record("skills.broader_added", narrow, by=by, at=at, data={"broad": broad.pk})
        rebuild_closure(by=by, at=at)
    return edge


@transaction.atomic
def remove_broader(*, edge: SkillBroader, by: User, at: datetime) -> SkillBroader:
    """Holding the narrow skill no longer says anything about the broad one, unless by another way."""
    _lock_vocabulary()
    SkillBroader.objects.filter(pk=edge.pk).delete()
    events.record("skills.broader_removed", edge.narrow, by=by, at=at, data={"broad": edge.broad_id})
    rebuild_closure(by=by, at=at)
    return edge


@transaction.atomic
def add_related(*, one: Skill, other: Skill, by: User | None, at: datetime) -> SkillRelated:
    """Two skills shown beside each other; it meets no requirement."""
    if one.pk == other.pk:
        raise Refused(_("A skill is not related to itself."))
    low, high = sorted([one.pk, other.pk])
    pair, is_new = SkillRelated.objects.get_or_create(low_id=low, high_id=high)
    if is_new:
        events.record("skills.related_added", one, by=by, at=at, data={"other": other.pk})
    return pair


@transaction.atomic
def rebuild_closure(*, by: User | None, at: datetime) -> int:
    """Bring the closure into step with the edges; write only what differs, and say whose narrower skills changed.

    The event `skills.taxonomy_changed` (subject: the first of them) carries `broad`: the skills that another set of
    evidence meets from now on. Returns how many rows changed.
    """
    edges = SkillBroader.objects.values_list("narrow", "broad")
    wanted = taxonomy.closure_of(Skill.objects.values_list("pk", flat=True), edges)
    standing = {(row.narrow_id, row.broad_id): row for row in SkillClosure.objects.all()}
    new = [SkillClosure(narrow_id=n, broad_id=b, depth=d) for (n, b), d in wanted.items() if (n, b) not in standing]
    gone = [row for pair, row in standing.items() if pair not in wanted]
    deeper = [row for pair, row in standing.items() if wanted.get(pair, row.depth) != row.depth]
    for row in deeper:
        row.depth = wanted[(row.narrow_id, row.broad_id)]
    SkillClosure.objects.bulk_create(new, batch_size=1000)
    SkillClosure.objects.bulk_update(deeper, ["depth"], batch_size=200)
    for start in range(0, len(gone), 500):
        SkillClosure.objects.filter(pk__in=[row.pk for row in gone[start : start + 500]]).delete()
    touched = sorted({row.broad_id for row in [*new, *gone]})
    if touched:
        first = Skill.objects.get(pk=touched[0])
        events.record("skills.taxonomy_changed", first, by=by, at=at, data={"broad": touched})
    return len(new) + len(gone) + len(deeper)


def _keep_names(skill: Skill) -> None:
    """The names resolve like aliases; a former name stays as an alias, so that nothing known becomes unknown."""
    names = {normal_form(name): name for name in (skill.name_ja, skill.name_en)}
    skill.aliases.filter(is_name=True).exclude(normal__in=names).update(is_name=False)
    for name in names.values():
        _claim(skill, name, is_name=True)


def _claim(skill: Skill, text: str, *, is_name: bool) -> SkillAlias:
    normal = normal_form(text)
    if not normal or len(normal) > LONGEST_NORMAL:
        raise Refused(_("“%(text)s” cannot be the name of a skill.") % {"text": text[:80]})
    alias, is_new = SkillAlias.objects.select_related("skill").get_or_create(
        normal=normal, defaults={"skill": skill, "text": text, "is_name": is_name}
    )
    if alias.skill_id != skill.pk:
        words = {"text": text, "skill": alias.skill.name}
        raise Refused(_("“%(text)s” already means %(skill)s.") % words)
    if is_name and not is_new and (alias.text, alias.is_name) != (text, True):
        alias.text, alias.is_name = text, True
        alias.save(update_fields=["text", "is_name"])
    return alias


def _lock_vocabulary() -> None:
    """One change of the shape at a time: two edges added together could close a circle that neither closes alone."""
    list(Skill.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
