"""What every write about a person ends with: its columns saved, its event told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.events import record
from recruiting.core.models import Event


def change(candidate: Candidate, *, at: datetime, **columns: Any) -> Candidate:
    """Write these columns and no others: two people who edit different things do not undo each other."""
    for name, value in {**columns, "changed_at": at}.items():
        setattr(candidate, name, value)
    candidate.save(update_fields=[*columns, "changed_at"])
    return candidate


def tell(
    verb: str,
    candidate: Candidate,
    *,
    by: User | None,
    at: datetime,
    why: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    return record(f"candidate.{verb}", candidate, by=by, at=at, person=candidate.pk, why=why, data=data)
