"""Skills for tests: by key from the seeded vocabulary, or a new one made through the services."""

from __future__ import annotations

import itertools

from recruiting.skills import services
from recruiting.skills.models import Field, Skill
from tests.builders import MONDAY

_count = itertools.count(1)


def the_skill(key: str) -> Skill:
    """A skill of the seeded vocabulary: the_skill("kubernetes")."""
    return Skill.objects.get(key=key)


def a_skill(name_en: str = "", name_ja: str = "", *, below: Skill | None = None, **fields: str) -> Skill:
    """A skill of our own, narrower than `below` where that is given."""
    number = next(_count)
    skill = services.add_skill(
        key=fields.pop("key", f"own-skill-{number}"),
        name_en=name_en or f"Own skill {number}",
        name_ja=name_ja or name_en or f"自社スキル{number}",
        field=fields.pop("field", Field.OTHER),
        by=None,
        at=MONDAY,
        **fields,
    )
    if below is not None:
        services.add_broader(narrow=skill, broad=below, by=None, at=MONDAY)
    return skill
