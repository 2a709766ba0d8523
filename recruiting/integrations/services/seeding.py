"""What Greenhouse, HRMOS, Odoo and SmartRecruiters call their reasons. Only names that others use; ours are ours.

Seeding adds what is missing and leaves alone what somebody here has said.
"""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from recruiting.candidates.normal import fold
from recruiting.integrations.models import ReasonMapping
from recycling.models import ExitReason

FILE = Path(__file__).parent.parent / "seed_data" / "reasons.csv"


@transaction.atomic
def seed_reason_names() -> int:
    """How many were added. A name that two systems use in one sense is one row."""
    reasons = {reason.key: reason for reason in ExitReason.objects.all()}
    known = set(ReasonMapping.objects.values_list("normal", flat=True))
    new: dict[str, ReasonMapping] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            normal = fold(row["name"])
            if normal not in known and normal not in new and row["key"] in reasons:
                reason = reasons[row["key"]]
                new[normal] = ReasonMapping(normal=normal, name=row["name"], reason=reason, system=row["system"])
    ReasonMapping.objects.bulk_create(new.values())
    return len(new)
