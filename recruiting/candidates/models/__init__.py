"""People, and everything we keep about them."""

from __future__ import annotations

from recruiting.candidates.models.consent import LawfulBasis, Purpose
from recruiting.candidates.models.contact_points import ContactKind, ContactPoint, ContactState
from recruiting.candidates.models.documents import Document
from recruiting.candidates.models.duplicates import NotTheSame
from recruiting.candidates.models.evidence import EvidenceState, SkillEvidence
from recruiting.candidates.models.notes import Note, Tag
from recruiting.candidates.models.people import Candidate
from recruiting.candidates.models.sources import Agency, Source

__all__ = [
    "Agency",
    "Candidate",
    "ContactKind",
    "ContactPoint",
    "ContactState",
    "Document",
    "EvidenceState",
    "LawfulBasis",
    "NotTheSame",
    "Note",
    "Purpose",
    "SkillEvidence",
    "Source",
    "Tag",
]
