"""Files of a person: what they are is told from their content, and taking one away can be undone."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Document
from recruiting.candidates.models.documents import DocumentKind
from recruiting.candidates.services.tell import tell
from recruiting.candidates.sniff import content_type_of
from recruiting.core.refused import Refused


@transaction.atomic
def add_document(
    *,
    candidate: Candidate,
    file: File[bytes],
    kind: str = DocumentKind.CV,
    by: User | None,
    at: datetime,
    name: str = "",
) -> Document:
    """Keep a file of a kind we can show or hand on: PDF, Word, OpenDocument, text, PNG or JPEG."""
    if file.size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1_000_000
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": limit}, code="invalid")
    file.seek(0)
    content = file.read()
    content_type = content_type_of(content)
    if not content_type:
        raise Refused(
            _("This is not a PDF, Word, OpenDocument or text file, nor a PNG or JPEG picture."), code="invalid"
        )
    document = Document(
        candidate=candidate,
        kind=kind,
        name=_plain_name(name or file.name or ""),
        content_type=content_type,
        size=len(content),
        added_at=at,
        added_by=by,
    )
    document.file.save(document.name, ContentFile(content), save=False)
    document.save()
    tell("document_added", candidate, by=by, at=at, data={"document": document.pk, "name": document.name})
    return document


@transaction.atomic
def remove_document(*, document: Document, by: User | None, at: datetime) -> Document:
    """Out of sight; the file itself goes with the person's erasure."""
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    data = {"document": document.pk, "name": document.name}
    tell("document_removed", document.candidate, by=by, at=at, data=data)
    return document


@transaction.atomic
def restore_document(*, document: Document, by: User | None, at: datetime) -> Document:
    document.removed_at = None
    document.save(update_fields=["removed_at"])
    data = {"document": document.pk, "name": document.name}
    tell("document_restored", document.candidate, by=by, at=at, data=data)
    return document


def _plain_name(name: str) -> str:
    """The last part of a path, without anything that does not print; a file always has a name."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip()
    return shown[-200:] or _("File")
