"""What goes over a border with a card: proposed while it is written, frozen when it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funnel.handoffs.evidence import Found, Known, found_for, known_about, proof_of
from funnel.models import Application, Handoff, Interviewer, InterviewState
from recruiting.accounts.models import User
from recruiting.candidates.models import Document, EvidenceState, SkillEvidence
from recruiting.contact.models import Touch, TouchKind
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.gates import Asked, GateToday, gates_of
from recruiting.jobs.models import Job, Proof

MET_MOST = 12
MET_BY = {TouchKind.CALL: "call", TouchKind.MEETING: "meeting", TouchKind.MAIL: "mail", TouchKind.MESSAGE: "message"}


@dataclass(frozen=True)
class Shown:
    """What the sender says of one criterion, and what lies with it. `skill` is a row of skill evidence."""

    is_met: bool | None = None
    note: str = ""
    document: int | None = None
    scorecard: int | None = None
    skill: int | None = None


@dataclass(frozen=True)
class PacketOrder:
    """What the sender writes. `shown` by the criterion's key; evidence left out is taken from what was found."""

    summary: str = ""
    expectations: str = ""
    open_questions: str = ""
    rechecked: str = ""  # of somebody who came back: what was looked at again
    shown: Mapping[str, Shown] = field(default_factory=dict)
    met: tuple[Mapping[str, str], ...] = ()  # further lines of who has met the person


@dataclass(frozen=True)
class Line:
    """One criterion as the form shows it."""

    asked: Asked
    found: Found

    @property
    def key(self) -> str:
        return str(self.asked.criterion.key)


@dataclass(frozen=True)
class Proposed:
    """What the form starts with: the checklist with what was found, who has met them, why they are here again."""

    gate: GateToday
    lines: tuple[Line, ...]
    met: tuple[dict[str, str], ...]
    known: Known
    is_return: bool
    why_now: str
    previous: Handoff | None  # what came back the last time


def gate_for(job: Job, to_stage: str) -> GateToday:
    """The border of a job; a pipeline without one says so instead of failing."""
    gate = gates_of(job).get(to_stage)
    if gate is None:
        raise Refused(_("This pipeline has no gate there yet. A recruiting lead sets it up."), "no_gate")
    return gate


def proposed_packet(application: Application, to_stage: str, at: datetime, *, by: User | None = None) -> Proposed:
    """Everything that is known by itself for an offer over this border, as far as `by` may know it."""
    gate = gate_for(application.job, to_stage)
    known = known_about(application, gate.criteria, by=by, at=at)
    return Proposed(
        gate=gate,
        lines=tuple(Line(asked, found_for(asked, known)) for asked in gate.criteria),
        met=tuple(who_met(application, known)),
        known=known,
        is_return=application.previous_id is not None,
        why_now=application.return_why,
        previous=last_return(application, to_stage),
    )


def last_return(application: Application, to_stage: str) -> Handoff | None:
    """What this card came back with from this border the last time."""
    back = Handoff.objects.filter(application=application, to_stage=to_stage, state="returned")
    return back.select_related("failed", "answered_by").order_by("-pk").first()  # handoffs_of_an_application


def who_met(application: Application, known: Known) -> list[dict[str, str]]:
    """Colleagues who have met the person: in interviews, by calls and letters; the newest first, each once a way."""
    told = [(card.user.name, "scorecard", day_of(card.submitted_at)) for card in known.scorecards if card.submitted_at]
    asked = Interviewer.objects.filter(interview__application=application, interview__state=InterviewState.HELD)
    for row in asked.select_related("user", "interview").order_by("-interview__starts_at")[:MET_MOST]:
        told.append((row.user.name, "interview", day_of(row.interview.starts_at)))
    touches = Touch.objects.filter(candidate=application.candidate_id, by__isnull=False, kind__in=MET_BY)
    for touch in touches.select_related("by").order_by("-at")[: MET_MOST * 2]:  # touches_of_a_person
        told.append((touch.by.name if touch.by else "", MET_BY[TouchKind(touch.kind)], day_of(touch.at)))
    newest: dict[tuple[str, str], str] = {}
    for name, what, on in sorted(told, key=lambda row: row[2], reverse=True):
        newest.setdefault((name, what), on.isoformat())
    return [{"name": name, "what": what, "on": on} for (name, what), on in newest.items()][:MET_MOST]


def met_by(what: str) -> str:
    """How somebody met the person, in words."""
    words = {
        "scorecard": _("Scorecard"),
        "interview": _("Interview"),
        "call": _("Call"),
        "meeting": _("Meeting"),
        "mail": _("Mail"),
        "message": _("Message"),
    }
    return words.get(what, what)


def freeze(proposed: Proposed, order: PacketOrder, application: Application) -> dict[str, Any]:
    """The packet as it stays, whatever becomes of the gate."""
    gate, known = proposed.gate, proposed.known
    packet: dict[str, Any] = {
        "summary": order.summary.strip(),
        "expectations": order.expectations.strip(),
        "open_questions": order.open_questions.strip(),
        "met": [*proposed.met, *(dict(line) for line in order.met)],
        "criteria": [_frozen(line, order.shown.get(line.key, Shown()), known) for line in proposed.lines],
        "scorecards": [card.pk for card in known.scorecards],
        "cv": known.cv,
        "clock": {"warn": gate.warn_hours, "miss": gate.miss_hours},
        "gate": gate.version,
    }
    if proposed.is_return:
        packet |= {"why_now": proposed.why_now, "rechecked": order.rechecked.strip()}
    return packet


def _frozen(line: Line, shown: Shown, known: Known) -> dict[str, Any]:
    criterion, found, proof = line.asked.criterion, line.found, proof_of(line.asked, known)
    return {
        "key": line.key,
        "criterion": criterion.pk,
        "text_en": criterion.text_en,
        "text_ja": criterion.text_ja,
        "weight": line.asked.weight,
        "proof": proof,
        "is_about_pay": criterion.is_about_pay,
        "is_met": found.is_met if shown.is_met is None else shown.is_met,
        "evidence": {
            "kind": proof,
            "said": shown.note.strip() or found.said,
            "document": shown.document or found.document,
            "scorecard": shown.scorecard or found.scorecard,
            "skill": shown.skill or found.skill,
        },
    }


def text_of(line: Mapping[str, Any]) -> str:
    """A frozen criterion in the reader's language."""
    is_japanese = (get_language() or "").startswith("ja")
    return str((line["text_ja"] if is_japanese else "") or line["text_en"] or line["text_ja"])


def check_evidence(packet: Mapping[str, Any], application: Application) -> None:
    """What lies with a criterion is this person's own; nobody points at somebody else's paper."""
    given = [line["evidence"] for line in packet["criteria"]]
    documents, skills = _keys(given, "document"), _keys(given, "skill")
    own = Document.objects.filter(pk__in=documents, candidate=application.candidate_id, removed_at=None)
    known = SkillEvidence.objects.filter(pk__in=skills, candidate=application.candidate_id)
    strange = (
        (documents and own.count() != len(documents))
        or (skills and known.exclude(state=EvidenceState.REFUTED).count() != len(skills))
        or _keys(given, "scorecard") - set(packet["scorecards"])
    )
    if strange:
        said = _("Some of the evidence is gone, or is not about %(name)s. Look at the checklist again.")
        raise Refused(said % {"name": application.candidate.name}, "evidence")


def _keys(given: list[Mapping[str, Any]], kind: str) -> set[int]:
    return {each[kind] for each in given if each[kind]}


def check_musts(packet: Mapping[str, Any], application: Application) -> None:
    """The first must that is not met, or lacks what has to lie with it, refuses the offer and is named."""
    for line in packet["criteria"]:
        if line["weight"] != "must":
            continue
        terms = {"criterion": text_of(line), "name": application.candidate.name}
        if line["is_met"] is not True:
            raise Refused(_("Not offered yet: “%(criterion)s” must be met by %(name)s.") % terms, "not_met")
        if not has_proof(line):
            raise Refused(_LACKS[line["proof"]]() % terms, "no_proof")


def has_proof(line: Mapping[str, Any]) -> bool:
    """Whether what the criterion asks for lies with it."""
    kind = {Proof.NOTE: "said", Proof.DOCUMENT: "document", Proof.SCORECARD: "scorecard", Proof.SKILL: "skill"}
    wanted = kind.get(Proof(line["proof"]))
    return wanted is None or bool(line["evidence"][wanted])


_LACKS = {
    Proof.NOTE: lambda: _("Not offered yet: “%(criterion)s” asks for a note."),
    Proof.DOCUMENT: lambda: _("Not offered yet: “%(criterion)s” asks for a document of %(name)s."),
    Proof.SCORECARD: lambda: _("Not offered yet: “%(criterion)s” asks for a scorecard about %(name)s."),
    Proof.SKILL: lambda: _("Not offered yet: “%(criterion)s” asks for the skill on %(name)s’s page."),
}


def names_of(packet: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
    """The frozen line of a criterion's key."""
    return next((line for line in packet["criteria"] if line["key"] == key), None)
