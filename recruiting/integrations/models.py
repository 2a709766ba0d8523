"""Imports: what came in, how its columns were read, and what became of each row."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.candidates.models import Candidate
from recycling.models import ExitReason

if TYPE_CHECKING:
    from recruiting.accounts.models import User


class ImportSource(models.TextChoices):
    CSV = "csv", _("CSV table")
    JSON_RESUME = "json-resume", _("JSON Resume")


class ImportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> ImportQuerySet:
        return self if user.has_perm("integrations.import_people") else self.none()

    def at_work(self) -> ImportQuerySet:
        return self.filter(state__in=AT_WORK)


class Import(models.Model):
    """One file, or several résumés, on their way in. `row` and `offset` are where the next batch begins.

    The state changes by conditional UPDATEs (services.states); whoever works on a batch holds this row.
    """

    source = models.CharField(_("Kind of file"), max_length=12, choices=ImportSource.choices)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.DRAFT)
    system = models.CharField(_("Comes from"), max_length=60)  # the half of a key that names the other system
    name = models.CharField(max_length=200)
    encoding = models.CharField(max_length=40, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    columns: models.JSONField[list[str]] = models.JSONField(default=list)  # headers, in their order
    samples: models.JSONField[dict[str, list[str]]] = models.JSONField(default=dict)  # column → a few values
    mapping: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)  # reading.mapping.Mapping
    values: models.JSONField[dict[str, list[str]]] = models.JSONField(default=dict)  # what stages, reasons … are called
    basis: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)  # kind, since, months
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    size = models.BigIntegerField(default=0)  # bytes, or files
    offset = models.BigIntegerField(default=0)  # of the same
    row = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["id"], name="imports_at_work", condition=models.Q(state__in=["checking", "running"])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_table(self) -> bool:
        return self.source == ImportSource.CSV


def _stored_as(file: ImportFile, name: str) -> str:
    return f"imports/{uuid.uuid4().hex}"


class ImportFile(models.Model):
    """A table as UTF-8 without NULs, or one résumé as it came. Removed some time after the import is over."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=_stored_as)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Result(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("New person")
    JOINED = "joined", _("Same person")
    ADDED = "added", _("Known, something added")
    KNOWN = "known", _("Known, nothing new")
    DUPLICATE = "duplicate", _("New, possible duplicate")
    REFUSED = "refused", _("Not imported")


class ImportRow(models.Model):
    """What would happen with a row (after the check), or what did. `person` is a key: no constraint, no join.

    `shown` names somebody who is not stored yet; it is emptied once the person is.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    result = models.CharField(max_length=10, choices=Result.choices)
    shown = models.CharField(max_length=120, blank=True)
    person = models.BigIntegerField(null=True)
    has_problem = models.BooleanField(default=False)
    notes: models.JSONField[list[list[Any]]] = models.JSONField(default=list)  # reading.notes: [code, terms]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="a_row_of_an_import_comes_once")]
        indexes = [
            models.Index(fields=["of", "result", "number"], name="rows_of_an_import_by_result"),
            models.Index(fields=["of", "number"], name="rows_with_a_problem", condition=models.Q(has_problem=True)),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.number}"


class ImportKey(models.Model):
    """What a later row of the same file may be recognised by, during a check: then nothing else is stored yet."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=320)  # number:…, email:…, phone:…, way:…
    row = models.PositiveIntegerField()
    name: models.JSONField[list[str]] = models.JSONField(default=list)  # family, given, as shown

    class Meta:
        indexes = [models.Index(fields=["of", "key"], name="import_key_recognises")]

    def __str__(self) -> str:
        return self.key


class KnownAs(models.Model):
    """Another system's number of somebody whom we already had under another one, or by their e-mail."""

    system = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)  # the other system's own word for its key
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="known_as")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "external_id"], name="a_foreign_number_means_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.external_id}"


class SavedMapping(models.Model):
    """How columns with these headers were read the last time: the next file like it begins with that."""

    fingerprint = models.CharField(max_length=64, unique=True)  # of the headers, whatever their order
    system = models.CharField(max_length=60)
    mapping: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.system


class ReasonMapping(models.Model):
    """What another system calls a reason, and which of ours that is. Some ship with the house; all can be changed."""

    normal = models.CharField(max_length=200, unique=True)  # folded
    name = models.CharField(max_length=200)
    reason = models.ForeignKey(ExitReason, on_delete=models.CASCADE, related_name="foreign_names")
    system = models.CharField(max_length=60, blank=True)  # whose word it is, where the house ships it
    is_ours = models.BooleanField(default=False)  # somebody here said so: seeding leaves it alone

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
