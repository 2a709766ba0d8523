"""Letting somebody go at a gate: the handoff is decided and the application ends, both or neither."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from funnel.handoffs.answering import decide_handoff
from funnel.models import Application, Handoff
from recruiting.accounts.models import User
from recycling.leaving import ExitOrder, exit_application
from recycling.models import Exit


@transaction.atomic
def let_go_at_handoff(*, handoff: Handoff, order: ExitOrder, by: User, at: datetime) -> Exit:
    """The receiver lets the person go: they leave from the sender's stage, for a reason, and rest if it says so.

    Taking the exit back (leaving.undo_exit) puts the handoff back to offered.
    """
    decide_handoff(handoff=handoff, by=by, at=at, why=order.reason.key)
    application = Application.objects.select_related("candidate", "job__family", "job__level", "step", "owner")
    return exit_application(application=application.get(pk=handoff.application_id), order=order, by=by, at=at)
