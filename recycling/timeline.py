"""What happened, in words: one sentence per verb of an event. A verb without a sentence is not shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from recruiting.contact.models import TouchKind
from recruiting.core.models import Event
from recruiting.jobs.stages import Stage


@dataclass(frozen=True)
class Names:
    """What the sentences call things: jobs by key, reasons by their stable key."""

    jobs: Mapping[int, str]
    reasons: Mapping[str, str]

    def job(self, event: Event) -> str:
        return self.jobs.get(event.job or 0, _("a job"))

    def reason(self, key: str) -> str:
        return self.reasons.get(key, key)


@dataclass(frozen=True)
class Line:
    """One line of the timeline; tone is "exit" or "return" where the line has a dot."""

    at: datetime
    said: str
    tone: str = ""
    by: object = None


Sentence = Callable[[Event, Names], str]


def _stage(event: Event) -> str:
    return _stage_named(event.data.get("stage") or event.to_state)


def _stage_named(value: str) -> str:
    return str(Stage(value).label) if value in Stage.values else ""


def _at_job(words: str) -> Sentence:
    """A sentence about a stage and a job; the words are marked for translation where they are written."""
    return lambda event, names: _(words) % {"job": names.job(event), "stage": _stage(event), "why": event.why}


def _border(words: str) -> Sentence:
    """A sentence about the gate of a stage."""
    return lambda event, names: (
        _(words) % {"job": names.job(event), "stage": _stage_named(event.data.get("to_stage", "")), "why": event.why}
    )


def _accepted(event: Event, names: Names) -> str:
    terms = {"job": names.job(event), "stage": _stage_named(event.data.get("to_stage", ""))}
    if event.data.get("is_at_once"):
        return _("Accepted at once for %(stage)s, by one person on both sides, %(job)s") % terms
    return _("Accepted for %(stage)s, %(job)s") % terms


def _plain(words: str) -> Sentence:
    return lambda event, names: _(words)


def _named(words: str, key: str) -> Sentence:
    return lambda event, names: _(words) % {"name": event.data.get(key, "")}


def _left(event: Event, names: Names) -> str:
    terms = {"stage": _stage(event), "why": names.reason(event.why)}
    return _("Left at %(stage)s: %(why)s") % terms if terms["stage"] else _("Left: %(why)s") % terms


def _touch(event: Event, names: Names) -> str:
    kind = str(TouchKind(event.data["kind"]).label) if event.data.get("kind") in TouchKind.values else ""
    words = _("%(kind)s from them") if event.data.get("is_inbound") else _("%(kind)s to them")
    subject = event.data.get("subject")
    return f"{words % {'kind': kind}}: {subject}" if subject else words % {"kind": kind}


def _skill(event: Event, names: Names) -> str:
    terms = {"skill": event.data.get("name", "")}
    if not terms["skill"]:
        return _("Skills changed")
    state = event.data.get("state")
    if state == "confirmed":
        return _("%(skill)s confirmed") % terms
    return (_("%(skill)s not met") if state == "refuted" else _("%(skill)s noted")) % terms


def _consent(event: Event, names: Names) -> str:
    if event.data.get("withdrawn"):
        return _("A basis was withdrawn")
    return _("A basis was recorded") if event.data.get("basis") else _("How long the record is kept changed")


def _block(event: Event, names: Names) -> str:
    words = {
        "do_not_contact": _("No contact from here on"),
        "do_not_hire": _("Not to be hired"),
        "never": _("Not to be proposed again"),
        "objected": _("They objected to being considered"),
    }
    return words.get(event.data.get("block", ""), _("Blocked"))


def _unblock(event: Event, names: Names) -> str:
    words = {
        "do_not_contact": _("May be contacted again"),
        "do_not_hire": _("May be hired again"),
        "never": _("May be proposed again"),
        "objected": _("They agreed to being considered again"),
    }
    return words.get(event.data.get("block", ""), _("A block was lifted"))


def _approved(event: Event, names: Names) -> str:
    words = _("Offer approved, %(job)s") if event.data.get("is_last") else _("Offer approved by one of them, %(job)s")
    return words % {"job": names.job(event)}


def _extended(event: Event, names: Names) -> str:
    if event.data.get("is_again"):
        return _("Offer open again, %(job)s") % {"job": names.job(event)}
    if event.data.get("is_longer"):
        return _("More days to answer the offer, %(job)s") % {"job": names.job(event)}
    return _("Offer extended, %(job)s") % {"job": names.job(event)}


SENTENCES: dict[str, Sentence] = {
    "candidate.added": _plain(gettext_noop("Added")),
    "candidate.edited": _plain(gettext_noop("Details changed")),
    "candidate.contact_changed": _plain(gettext_noop("Ways to reach them changed")),
    "candidate.source_added": _plain(gettext_noop("A source was noted")),
    "candidate.skills_changed": _skill,
    "candidate.consent_changed": _consent,
    "candidate.blocked": _block,
    "candidate.unblocked": _unblock,
    "candidate.employed": _plain(gettext_noop("Works here")),
    "candidate.departed": _plain(gettext_noop("Left the company")),
    "candidate.noted": _plain(gettext_noop("Note written")),
    "candidate.document_added": _named(gettext_noop("Document added: %(name)s"), "name"),
    "candidate.document_removed": _named(gettext_noop("Document taken away: %(name)s"), "name"),
    "candidate.document_restored": _named(gettext_noop("Document put back: %(name)s"), "name"),
    "candidate.tagged": _named(gettext_noop("Tagged %(name)s"), "tag"),
    "candidate.untagged": _named(gettext_noop("No longer tagged %(name)s"), "tag"),
    "candidate.told_apart": _plain(gettext_noop("Told apart from somebody with the same address")),
    "candidate.next_action_set": lambda event, names: (
        _("Next: %(why)s") % {"why": event.why} if event.why else _("Nothing left to do next")
    ),
    "application.opened": _at_job(gettext_noop("Began with %(job)s at %(stage)s")),
    "application.imported": _at_job(gettext_noop("Brought in from elsewhere: %(job)s, as far as %(stage)s")),
    "application.advanced": _at_job(gettext_noop("Advanced to %(stage)s, %(job)s")),
    "application.stepped": _at_job(gettext_noop("Moved within %(stage)s, %(job)s")),
    "application.corrected": _at_job(gettext_noop("Corrected to %(stage)s, %(job)s")),
    "application.stepped_back": _at_job(gettext_noop("Stepped back to %(stage)s, %(job)s")),
    "application.held": _at_job(gettext_noop("On hold: %(why)s")),
    "application.resumed": _at_job(gettext_noop("Resumed, %(job)s")),
    "application.hired": _at_job(gettext_noop("Hired for %(job)s")),
    "application.exited": _left,
    "application.moved": _at_job(gettext_noop("Moved on from %(job)s")),
    "application.exit_undone": _at_job(gettext_noop("Exit undone, %(job)s")),
    "application.did_not_start": _at_job(gettext_noop("Did not start, %(job)s")),
    "application.told": _plain(gettext_noop("What they were told was noted")),
    "offer.drafted": _at_job(gettext_noop("Offer drafted, %(job)s")),
    "offer.revised": _at_job(gettext_noop("Terms of the offer changed, %(job)s")),
    "offer.approval_asked": _at_job(gettext_noop("Approval of the offer asked for, %(job)s")),
    "offer.approved": _approved,
    "offer.approval_refused": _at_job(gettext_noop("Offer sent back by an approver, %(job)s")),
    "offer.extended": _extended,
    "offer.accepted": _at_job(gettext_noop("Accepted our offer, %(job)s")),
    "offer.declined": _at_job(gettext_noop("Declined our offer, %(job)s")),
    "offer.expired": _at_job(gettext_noop("Offer ran out unanswered, %(job)s")),
    "offer.rescinded": _at_job(gettext_noop("Offer rescinded, %(job)s")),
    "handoff.offered": _border(gettext_noop("Offered for %(stage)s, %(job)s")),
    "handoff.accepted": _accepted,
    "handoff.returned": _border(gettext_noop("Returned at the gate of %(stage)s: %(why)s")),
    "handoff.decided": _border(gettext_noop("Let go at the gate of %(stage)s, %(job)s")),
    "handoff.withdrawn": _border(gettext_noop("No longer offered for %(stage)s, %(job)s")),
    "handoff.reassigned": _border(gettext_noop("Somebody else is asked at the gate of %(stage)s, %(job)s")),
    "handoff.answer_undone": _border(gettext_noop("The answer at the gate of %(stage)s was taken back, %(job)s")),
    "handoff.missed": _border(gettext_noop("No answer in time at the gate of %(stage)s, %(job)s")),
    "handoff.lead_asked": _border(gettext_noop("Returned too often at the gate of %(stage)s: the lead is asked")),
    "interview.planned": _at_job(gettext_noop("Interview planned, %(job)s")),
    "interview.changed": _at_job(gettext_noop("Interview changed, %(job)s")),
    "interview.cancelled": _at_job(gettext_noop("Interview cancelled, %(job)s")),
    "interview.reopened": _at_job(gettext_noop("Interview planned as before, %(job)s")),
    "interview.held": _at_job(gettext_noop("Interview held, %(job)s")),
    "interview.missed": _at_job(gettext_noop("Did not appear for the interview, %(job)s")),
    "interview.unplanned_missed": _at_job(gettext_noop("No interview planned in time, %(job)s")),
    "scorecard.submitted": _at_job(gettext_noop("Scorecard handed in, %(job)s")),
    "scorecard.amended": _at_job(gettext_noop("Scorecard amended, %(job)s")),
    "scorecard.missed": _at_job(gettext_noop("A scorecard is late, %(job)s")),
    "touch.recorded": _touch,
    "entry.filed": lambda event, names: _("Rests: %(why)s") % {"why": names.reason(event.why)},
    "entry.rested": _plain(gettext_noop("Rests again")),
    "entry.re_entered": _plain(gettext_noop("Came back")),
    "entry.closed": _plain(gettext_noop("No longer rests")),
    "entry.reopened": _plain(gettext_noop("Rests again")),
    "proposal.opened": _at_job(gettext_noop("Proposed for %(job)s")),
    "proposal.accepted": _at_job(gettext_noop("To be asked about %(job)s")),
    "proposal.declined": _at_job(gettext_noop("Said no to %(job)s")),
    "proposal.dismissed": _at_job(gettext_noop("Not proposed for %(job)s after all")),
    "proposal.unanswered": _at_job(gettext_noop("No answer about %(job)s")),
    "proposal.snoozed": _at_job(gettext_noop("Proposal for %(job)s put off")),
    "proposal.withdrawn": _at_job(gettext_noop("Proposal for %(job)s no longer holds")),
}
TONES = {
    "application.exited": "exit",
    "application.did_not_start": "exit",
    "entry.re_entered": "return",
    "application.hired": "return",
    "proposal.opened": "return",
}


def line_of(event: Event, names: Names) -> Line:
    return Line(event.at, SENTENCES[event.verb](event, names), TONES.get(event.verb, ""), event.by)
