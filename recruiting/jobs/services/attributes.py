"""What a scorecard asks about: a pipeline's attributes, or a job's own. Retired, never deleted: ratings stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.core.events import record
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.gates import asked_by_gates
from recruiting.jobs.models import Attribute, Job, PipelineTemplate
from recruiting.jobs.models.attributes import SCORES

TEXTS = ("name_en", "name_ja", "asks_en", "asks_ja")
COLUMNS = (*TEXTS, "anchors", "skill", "needs_note")
Owner = Job | PipelineTemplate


@transaction.atomic
def add_attribute(*, owner: Owner, by: User | None, at: datetime, **said: Any) -> Attribute:
    """One more thing to look for, last on the card. A job has to have made its scorecard its own before."""
    lock_owner(owner)
    if isinstance(owner, Job) and not siblings(owner).exists():
        raise Refused(
            _("This job uses its pipeline's scorecard. Make it this job's own before you change it."), code="inherited"
        )
    asked = _clean({"needs_note": True, **said})
    _demand_new(owner, asked)
    last = siblings(owner).aggregate(last=models.Max("position"))["last"] or 0
    row = Attribute.objects.create(position=last + 1, **_of(owner), **asked)
    return tell(row, "attribute.added", by=by, at=at)


@transaction.atomic
def change_attribute(
    *, attribute: Attribute, changes: dict[str, Any], by: User | None, at: datetime, seen: str = ""
) -> Attribute:
    """Other words or anchors. `seen` is the state the caller looked at (Attribute.state)."""
    row = _now(attribute, at=at, seen=seen)
    asked = _clean({**{name: getattr(row, name) for name in COLUMNS}, **changes})
    changed = {name: value for name, value in asked.items() if getattr(row, name) != value}
    if not changed:
        return row
    _demand_new(_owner(row), asked, but=row)
    before = {name: getattr(row, name) for name in changed if name != "skill"}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    return tell(row, "attribute.changed", by=by, at=at, data={"changed": sorted(changed), "before": before})


@transaction.atomic
def retire_attribute(*, attribute: Attribute, by: User | None, at: datetime, seen: str = "") -> Attribute:
    """No longer on new scorecards; what was rated stays. A gate that asks for it keeps it on the card."""
    row = _now(attribute, at=at, seen=seen)
    if row.is_retired:
        return row
    asking = asked_by_gates(row)
    if asking:
        raise Refused(
            _("A gate asks for it: “%(criterion)s”. Take it out of the gate first.") % {"criterion": asking[0]},
            code="asked_by_a_gate",
        )
    if not siblings(_owner(row)).exclude(pk=row.pk).exists():
        raise Refused(_("A scorecard asks about one thing at least. Add another one first."), code="last_attribute")
    row.is_retired = True
    row.save(update_fields=["is_retired"])
    return tell(row, "attribute.retired", by=by, at=at)


@transaction.atomic
def restore_attribute(*, attribute: Attribute, by: User | None, at: datetime) -> Attribute:
    """On the card again, where it stood."""
    row = _now(attribute, at=at, seen="")
    if not row.is_retired:
        return row
    owner = _owner(row)
    if isinstance(owner, Job) and not siblings(owner).exists():
        raise Refused(_("This job uses its pipeline's scorecard again."), code="inherited")
    _demand_new(owner, {"name_en": row.name_en, "name_ja": row.name_ja})
    row.is_retired = False
    row.save(update_fields=["is_retired"])
    return tell(row, "attribute.restored", by=by, at=at)


@transaction.atomic
def place_attribute(*, attribute: Attribute, later: bool, by: User | None, at: datetime) -> Attribute:
    """Change places with the neighbour. At the end of the card it stays where it is."""
    row = _now(attribute, at=at, seen="")
    rows = list(siblings(_owner(row)))
    here = next((place for place, other in enumerate(rows) if other.pk == row.pk), None)
    there = None if here is None else here + (1 if later else -1)
    if here is None or there is None or not 0 <= there < len(rows):
        return row
    rows[here], rows[there] = rows[there], rows[here]
    for position, other in enumerate(rows, start=1):
        other.position = position
    Attribute.objects.bulk_update(rows, ["position"])
    return tell(rows[there], "attribute.placed", by=by, at=at)


def siblings(owner: Owner) -> models.QuerySet[Attribute]:
    """The living attributes of one scorecard, in order."""
    return Attribute.objects.filter(**_of(owner), is_retired=False).order_by("position", "id")


def lock_owner(owner: Owner) -> None:
    """Until the transaction ends nobody else changes this scorecard."""
    type(owner)._default_manager.select_for_update(no_key=True).get(pk=owner.pk)


def tell(row: Attribute, verb: str, *, by: User | None, at: datetime, data: dict[str, Any] | None = None) -> Attribute:
    record(verb, row, by=by, at=at, job=row.job_id, data={"pipeline": row.pipeline_id, **(data or {})})
    return row


def _of(owner: Owner) -> dict[str, Owner]:
    return {"job": owner} if isinstance(owner, Job) else {"pipeline": owner}


def _owner(row: Attribute) -> Owner:
    owner = row.job or row.pipeline
    assert owner is not None  # an_attribute_belongs_to_a_pipeline_or_to_a_job
    return owner


def _now(attribute: Attribute, *, at: datetime, seen: str) -> Attribute:
    """The attribute as it is, its card locked; refused if it is another one than the caller looked at."""
    lock_owner(_owner(attribute))
    row = Attribute.objects.select_related("skill", "job", "pipeline").get(pk=attribute.pk)
    if not seen or seen == row.state:
        return row
    last = Event.objects.filter(subject="attribute", subject_key=row.pk).select_related("by").order_by("-id").first()
    if last is None or last.by is None:
        raise Refused(_("This was changed while you were looking. Nothing was changed; look again."), code="moved")
    ago = words.since_then(timezone.localtime(last.at), at, get_language() or "en")
    raise Refused(
        _("%(name)s changed this %(ago)s, while you were looking. Nothing was changed; look again.")
        % {"name": last.by.name, "ago": ago},
        code="moved",
    )


def _clean(said: dict[str, Any]) -> dict[str, Any]:
    """Words without spaces around them, anchors for the four points and no others."""
    unknown = set(said) - set(COLUMNS)
    if unknown:
        raise TypeError(f"an attribute has no {', '.join(sorted(unknown))}")
    asked: dict[str, Any] = {name: (said.get(name) or "").strip() for name in TEXTS}
    if not (asked["name_en"] or asked["name_ja"]):
        raise Refused(_("An attribute needs a name, in one language at least."), code="invalid")
    anchors = said.get("anchors") or {}
    asked["anchors"] = {
        str(score): {language: (anchors.get(str(score), {}).get(language) or "").strip() for language in ("en", "ja")}
        for score in SCORES
    }
    return {**asked, "skill": said.get("skill"), "needs_note": bool(said.get("needs_note"))}


def _demand_new(owner: Owner, asked: dict[str, Any], but: Attribute | None = None) -> None:
    """One name once on a card."""
    others = siblings(owner).exclude(pk=but.pk if but else 0)
    known = {name.casefold() for pair in others.values_list("name_en", "name_ja") for name in pair if name}
    twice = next((name for name in (asked["name_en"], asked["name_ja"]) if name and name.casefold() in known), "")
    if twice:
        raise Refused(_("This scorecard already asks about: %(name)s") % {"name": twice}, code="already_asked")
