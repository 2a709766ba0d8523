"""The stays in the stages, kept beside each transition. Only funnel.transitions and funnel.bulk call these."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from funnel.elapsed import ElapsedDays
from funnel.models import Application, Ended, Visit
from funnel.stages import furthest, is_before
from recruiting.core.refused import Refused


def open_new(application: Application, at: datetime | None) -> Visit:
    """Enter the stage the application stands in."""
    return Visit.objects.create(
        application=application,
        job_id=application.job_id,
        stage=application.stage,
        entered_at=at,
        is_recycled=application.is_recycled,
    )


def close_open(application: Application, at: datetime, ended_as: Ended) -> None:
    """End the open visit, with its duration. An imported stay without a beginning has none."""
    open_ones = Visit.objects.filter(application=application.pk, ended_as="")
    open_ones.update(left_at=at, ended_as=ended_as, days=ElapsedDays("entered_at", until=at))


def reopen_last(application: Application) -> None:
    """The exit did not happen: the last visit continues with its first entered_at, and counts again."""
    last = application.visits.filter(is_voided=False).order_by("-id").first()
    if last is None or last.ended_as not in (Ended.EXITED, Ended.MOVED):
        raise Refused(_("%(name)s has no exit to undo.") % {"name": application.candidate}, "not_allowed")
    Visit.objects.filter(pk=last.pk).update(left_at=None, days=None, ended_as="")
    application.visits.filter(is_counted=False).update(is_counted=True)


def void_wrong(application: Application, at: datetime) -> None:
    """Correct a mistake: the visits beyond are voided, the earlier one continues, the furthest is computed anew.

    Where the stage was never visited (it was skipped, or they entered later), its visit starts when the first wrong
    one did.
    """
    standing = list(application.visits.filter(is_voided=False).order_by("id"))
    right = [place for place, visit in enumerate(standing) if not is_before(application.stage, visit.stage)]
    kept, wrong = (standing[: right[-1] + 1], standing[right[-1] + 1 :]) if right else ([], standing)
    open_ones = Visit.objects.filter(pk__in=[visit.pk for visit in wrong])
    days = ElapsedDays("entered_at", until=at)
    open_ones.filter(ended_as="").update(left_at=at, ended_as=Ended.CORRECTED, days=days)
    open_ones.update(is_voided=True)
    if kept and kept[-1].stage == application.stage:
        Visit.objects.filter(pk=kept[-1].pk).update(left_at=None, days=None, ended_as="")
        application.stage_since = kept[-1].entered_at
    else:
        application.stage_since = wrong[0].entered_at if wrong else at
        kept.append(open_new(application, application.stage_since))
    application.first_stage = kept[0].stage
    application.furthest_stage = furthest(*(visit.stage for visit in kept))
    anew = ("stage_since", "first_stage", "furthest_stage")
    Application.objects.filter(pk=application.pk).update(**{name: getattr(application, name) for name in anew})
