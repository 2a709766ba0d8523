"""A job's scorecard: its pipeline's until the job makes it its own, and back again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.gates import attributes_of, serving
from recruiting.jobs.models import Attribute, Criterion, Job
from recruiting.jobs.services.attributes import COLUMNS, lock_owner, siblings, tell


@transaction.atomic
def own_attributes(*, job: Job, by: User | None, at: datetime) -> list[Attribute]:
    """The job's own copy of its pipeline's scorecard. What a gate asks for is found on the copy from then on."""
    lock_owner(job)
    if siblings(job).exists():
        raise Refused(_("This job already has a scorecard of its own."), code="moved")
    rows = [_copied(each, job, each.position) for each in attributes_of(job)]
    record("job.scorecard_owned", job, by=by, at=at, job=job.pk, data={"attributes": [row.pk for row in rows]})
    return rows


@transaction.atomic
def inherit_attributes(*, job: Job, by: User | None, at: datetime) -> int:
    """Back to the pipeline's scorecard. Refused while a gate of the job asks for something only this card has."""
    lock_owner(job)
    rows = list(siblings(job))
    if not rows:
        raise Refused(_("This job already uses its pipeline's scorecard."), code="moved")
    named = Criterion.objects.filter(gate__job=job, attribute__in=rows, is_retired=False).select_related("attribute")
    for criterion in named:
        original = criterion.attribute.copied_from if criterion.attribute else None
        if original is None or original.is_retired:
            raise Refused(
                _("A gate of this job asks for it: “%(criterion)s”. Take it out of the gate first.")
                % {"criterion": criterion},
                code="asked_by_a_gate",
            )
        criterion.attribute = original
        criterion.save(update_fields=["attribute"])
    siblings(job).update(is_retired=True)
    told = {"attributes": [row.pk for row in rows]}
    record("job.scorecard_inherited", job, by=by, at=at, job=job.pk, data=told)
    return len(rows)


@transaction.atomic
def undo_scorecard(*, job: Job, by: User | None, at: datetime) -> Job:
    """Take back the last change of whose scorecard it is."""
    lock_owner(job)
    moves = ("job.scorecard_owned", "job.scorecard_inherited")
    last = Event.objects.filter(subject="job", subject_key=job.pk, verb__in=moves).order_by("-id").first()
    has_own = siblings(job).exists()
    if last is None or has_own != (last.verb == "job.scorecard_owned"):
        raise Refused(_("This scorecard has changed since."), code="moved")
    if has_own:
        inherit_attributes(job=job, by=by, at=at)
        return job
    Attribute.objects.filter(job=job, pk__in=last.data["attributes"]).update(is_retired=False)
    record("job.scorecard_owned", job, by=by, at=at, job=job.pk, data=last.data)
    return job


@transaction.atomic
def take_attribute(*, job: Job, attribute: Attribute, by: User | None, at: datetime) -> Attribute:
    """Something the pipeline's scorecard asks about and this job's own does not: ask for it here too."""
    lock_owner(job)
    standing = siblings(job)
    if not standing.exists():
        raise Refused(_("This job already uses its pipeline's scorecard."), code="moved")
    if not Attribute.objects.filter(serving(job), pk=attribute.pk, is_retired=False).exists():
        raise Refused(_("The pipeline's scorecard does not ask about that any more."), code="moved")
    if standing.filter(copied_from=attribute).exists():
        raise Refused(_("This scorecard already asks about: %(name)s") % {"name": attribute}, code="already_asked")
    last = standing.last()
    row = Attribute.objects.filter(job=job, copied_from=attribute).order_by("-id").first()
    if row is None:
        return tell(_copied(attribute, job, last.position + 1 if last else 1), "attribute.added", by=by, at=at)
    row.is_retired = False
    row.save(update_fields=["is_retired"])
    return tell(row, "attribute.restored", by=by, at=at)


def not_taken(job: Job) -> list[Attribute]:
    """What the pipeline's scorecard asks about and the job's own does not."""
    copies = siblings(job).filter(copied_from__isnull=False)
    asked = Attribute.objects.filter(serving(job), is_retired=False).order_by("position", "id")
    return list(asked.exclude(pk__in=copies.values("copied_from")))


def _copied(original: Attribute, job: Job, position: int) -> Attribute:
    said = {name: getattr(original, name) for name in COLUMNS}
    return Attribute.objects.create(job=job, copied_from=original, position=position, **said)
