"""Ready: a date came true, and the row of the reason names no job. Counted, and proposed when the first job holds."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from recycling.conditions.date import last_due
from recycling.engine.scope import Scope
from recycling.models import Condition, PoolEntry


def ready_entries(scope: Scope, at: datetime) -> int:
    """Set `ready_since` where the decisive date is near, and clear it where it was moved away. How many changed."""
    dates = Condition.objects.filter(entry=OuterRef("pk"), kind="date", is_decisive=True, is_waiting=True)
    due = Exists(dates.filter(due_on__lte=last_due(at), resolved_at=None))
    waiting = PoolEntry.objects.waiting().filter(scope.people_of())
    began = waiting.filter(ready_since=None).filter(due).update(ready_since=at)
    ended = waiting.filter(ready_since__isnull=False).filter(~due).update(ready_since=None)
    return began + ended
