"""What people write about people."""

from __future__ import annotations

from recruiting.candidates.forms.about import ExpectationsForm, PersonForm
from recruiting.candidates.forms.records import (
    BasisForm,
    ContactPointForm,
    DocumentForm,
    EvidenceForm,
    KeepForm,
    NextActionForm,
    NoteForm,
    ReasonForm,
    ReviewedReasonForm,
    SourceForm,
    TagForm,
)

__all__ = [
    "BasisForm",
    "ContactPointForm",
    "DocumentForm",
    "EvidenceForm",
    "ExpectationsForm",
    "KeepForm",
    "NextActionForm",
    "NoteForm",
    "PersonForm",
    "ReasonForm",
    "ReviewedReasonForm",
    "SourceForm",
    "TagForm",
]
