"""The pools and reasons a new house starts with. Only what is missing is added: what a lead edited stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from recycling.models import ExitReason, Pool
from recycling.reasons import BUILT_IN, POOLS, Row


@transaction.atomic
def seed_reasons(*, at: datetime) -> int:
    """Add the pools and reasons that are missing; renew those nobody has edited. Returns how many were added."""
    for position, (key, name_en, name_ja) in enumerate(POOLS):
        Pool.objects.get_or_create(key=key, defaults={"name_en": name_en, "name_ja": name_ja, "position": position})
    pools = {pool.key: pool for pool in Pool.objects.all()}
    known = {reason.key: reason for reason in ExitReason.objects.all()}
    new = []
    for position, row in enumerate(BUILT_IN):
        wanted = _columns(row, pools, position)
        if row.key not in known:
            new.append(ExitReason(key=row.key, **wanted))
        elif known[row.key].version == 1:
            ExitReason.objects.filter(pk=known[row.key].pk, version=1).update(**wanted)
    ExitReason.objects.bulk_create(new)
    return len(new)


def _columns(row: Row, pools: dict[str, Pool], position: int) -> dict[str, object]:
    return {
        "label_en": row.en,
        "label_ja": row.ja,
        "help_en": row.help_en,
        "help_ja": row.help_ja,
        "side": row.side,
        "klass": row.klass,
        "pool": pools[row.pool] if row.pool else None,
        "kind": row.kind,
        "reach": row.reach,
        "cool_months": row.cool,
        "cool_months_final": row.cool_final,
        "re_entry": row.re_entry,
        "is_offered": row.is_offered,
        "position": position * 10,
    }
