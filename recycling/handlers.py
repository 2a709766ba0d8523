"""What events touch: each handler only notes the person or the job; recycling.tasks evaluates what was noted.

Handlers run after the fact's commit, at least once. Noting is idempotent, and however many events name one person
between two turns, they are evaluated once.
"""

from __future__ import annotations

from recruiting.core.models import OutboxMessage
from recruiting.core.outbox import handler
from recycling.pending import note_job, note_live_jobs, note_people, note_person

# The must-haves may be met by others now.
ASKS = ("job.opened", "job.resumed", "job.reopened", "job.asks_changed", "job.held", "job.closed")
TERMS = ("job.terms_changed", "job.deciders_changed", "job.opening_opened", "job.opening_filled")
EVIDENCE = ("candidate.skills_changed",)
PERSON = (
    "candidate.added",
    "candidate.edited",
    "candidate.contact_changed",
    "candidate.consent_changed",
    "candidate.blocked",
    "candidate.unblocked",
    "candidate.employed",
    "candidate.departed",
    "candidate.told_apart",
    "application.opened",
    "application.advanced",
    "application.corrected",
    "application.stepped_back",
    "application.held",
    "application.resumed",
    "application.hired",
    "application.exited",
    "application.exit_undone",
    "application.moved",
    "application.did_not_start",
    "application.told",
    "touch.recorded",
    "entry.filed",
    "entry.kept",
    "entry.reason_changed",
    "entry.rested",
    "entry.closed",
    "entry.reopened",
    "entry.re_entered",
    "entry.re_entry_undone",
    "proposal.accepted",
    "proposal.dismissed",
    "proposal.declined",
    "proposal.unanswered",
    "proposal.withdrawn",
)


@handler(*ASKS)
def a_job_asks_otherwise(message: OutboxMessage) -> None:
    note_job(message.payload["job"] or message.payload["key"], asks_fits=True)


@handler(*TERMS)
def a_job_offers_otherwise(message: OutboxMessage) -> None:
    note_job(message.payload["job"] or message.payload["key"])


@handler(*EVIDENCE)
def a_person_shows_otherwise(message: OutboxMessage) -> None:
    note_person(message.payload["person"], asks_fits=True)


@handler(*PERSON)
def a_person_was_touched(message: OutboxMessage) -> None:
    note_person(message.payload["person"])


@handler("people.imported")
def people_were_imported(message: OutboxMessage) -> None:
    """A batch names only those whom an evaluation can say something new about."""
    note_people(message.payload["shown"], asks_fits=True)
    note_people(message.payload["touched"])


@handler("skills.taxonomy_changed")
def the_vocabulary_changed(message: OutboxMessage) -> None:
    note_live_jobs()
