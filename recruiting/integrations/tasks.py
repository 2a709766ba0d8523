"""Imports go on in the background: a turn is short, so that nothing else waits for it."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from recruiting.integrations import services
from recruiting.integrations.models import Import

logger = logging.getLogger(__name__)

TURN_SECONDS = 2.0


def work_on_imports() -> int:
    """A few batches of what is waiting, the oldest first. Returns how many imports were worked on.

    One that fails stands still and says so; it goes on when somebody asks. A database that is away is waited for.
    """
    waiting = list(Import.objects.at_work().select_related("created_by").order_by("id")[:5])  # imports_at_work
    for table in waiting:
        try:
            services.work_on(table, seconds=TURN_SECONDS / len(waiting))
        except OperationalError:
            raise
        except Exception:
            logger.exception("import %s failed", table.pk)
            services.give_up(table.pk, _("Something went wrong here; the log says what. Nothing of the batch is in."))
    return len(waiting)


def forget_old_files() -> int:
    return services.forget_old_files(at=timezone.now())
