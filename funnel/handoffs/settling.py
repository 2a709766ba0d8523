"""What becomes of a card's handoffs when it moves, leaves or stands still by any other way than an answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from funnel import pausing
from funnel.handoffs import clocks
from funnel.handoffs.recording import record_handoffs
from funnel.models import Handoff, HandoffState
from recruiting.accounts.models import User

# A transition of the application → why what was offered is withdrawn: a key, in words in `because`.
SETTLES = {
    **dict.fromkeys(("screen", "meet", "choose", "skip"), "moved"),
    "step_back": "stepped_back",
    "correct": "corrected",
    "leave": "left",
    "hire": "hired",
}


def because(why: str) -> str:
    """Why a handoff was withdrawn, in words; a person's own sentence stays as it is."""
    words = {
        "moved": _("The card crossed the border another way."),
        "stepped_back": _("The card stepped back."),
        "corrected": _("The card was corrected to an earlier stage."),
        "left": _("They left this job."),
        "hired": _("They were hired."),
        "held": _("The card was on hold for more than a day."),
        "job_closed": _("The job was closed."),
        "answer_undone": _("The answer was taken back."),
    }
    return words.get(why, why)


def settle(applications: Collection[int], *, why: str, by: User | None, at: datetime) -> int:
    """What is offered is withdrawn, what came back is settled. One query where nothing runs, five at the most."""
    if not applications:
        return 0
    rows = list(
        clocks.running(applications).select_related("application").order_by("pk").select_for_update(of=("self",))
    )
    if not rows:
        return 0
    offered = [row for row in rows if row.state == HandoffState.OFFERED]
    back = [row.pk for row in rows if row.state == HandoffState.RETURNED]
    if offered:
        still = Handoff.objects.offered().filter(pk__in=[row.pk for row in offered])
        still.update(state=HandoffState.WITHDRAWN, answered_at=at, answered_by=by, why=why)
        record_handoffs(offered, "handoff.withdrawn", to=HandoffState.WITHDRAWN, by=by, at=at, why=why)
    if back:
        Handoff.objects.back_on_desk().filter(pk__in=back).update(settled_at=at)
    return len(rows)


def follow(move: str, application: int, *, by: User | None, at: datetime) -> None:
    """What one transition of an application means for its handoffs."""
    if move == "hold":
        pausing.pause([application], at)
    elif move in ("resume", "undo_leave"):
        pausing.go_on([application], at)
    elif move in SETTLES:
        settle([application], why=SETTLES[move], by=by, at=at)
