"""A row of every kind about one job: cards at every border, interviews, scorecards, offers, exits, and what is told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from funnel.contracts import Terms as Promise
from funnel.contracts import propose_contract
from funnel.handoffs.links import link_path
from funnel.models import Application
from recruiting.accounts.absences import enter_absence, take_back_absence
from recruiting.accounts.models import Team, User
from recruiting.accounts.roles import Role
from recruiting.accounts.services import invite_user
from recruiting.candidates import models as people
from recruiting.candidates import services as candidates
from recruiting.candidates.models import Candidate
from recruiting.jobs import services as jobs
from recruiting.jobs.models import Attribute, Criterion, Job, Seat, Weight
from recruiting.jobs.selectors import current_steps
from recruiting.notices.models import Mail, Notice
from recruiting.notices.services import notify, post_mail
from recruiting.notices.unsubscribing import SUMMARY, url_for
from recruiting.skills.models import Skill, SkillAlias, SkillBroader
from recycling.models import ExitReason, PoolEntry
from tests import builders
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate
from tests.builders_funnel import a_hire, an_application
from tests.builders_handoffs import a_returned_handoff, an_offered_handoff
from tests.builders_integrations import a_table
from tests.builders_interviews import a_scorecard, an_interview
from tests.builders_offers import a_chosen_person, a_waiting_offer, the_terms
from tests.builders_recycling import an_exit
from tests.builders_returns import a_proposal
from tests.notices.builders import relay_all

LATER = MONDAY + timedelta(days=20)
SOON = date(2026, 12, 1)
# What somebody wrote and others may not read: for the manager, for the interviewer, for both of them.
BY_THE_INTERVIEWER, BY_THE_MANAGER, SAID_ELSEWHERE = "Lemur is what I think", "Tapir is what I think", "Bongo it was"
SAID = {"mine": "They want more", "other": SAID_ELSEWHERE}
ASKED = 10_270_000
FLOOR, OFFERED = Decimal(9_430_000), {"mine": 8_120_000, "other": 6_540_000}
Rows = dict[str, Any]
Users = dict[str, User]


def fill(rows: Rows, users: Users, job: Job, whose: str, *, elsewhere: Job | None = None) -> None:
    """Everything that can be about this job. `elsewhere`: the job for which its first person was refused before."""
    rows["job"] = job
    by, decider = users["r"], users["m" if whose == "mine" else "x"]
    person = _somebody(users, whose) if elsewhere is None else _somebody_refused(users, elsewhere)
    previous = person.applications.first()
    rows["application"] = an_application(
        through="interview", job=job, candidate=person, by=by, at=LATER if previous else MONDAY, previous=previous
    )
    rows["candidate"] = person
    _returns(rows, users, whose)
    _things_of_the_job(rows, job, by)
    _things_of_the_person(rows, by)
    _handoffs(rows, users, decider, whose)
    _interviews(rows, users, decider, whose)
    _offers(rows, users, whose)
    rows["contract"] = propose_contract(
        terms=Promise(
            to_stage="interview", from_role=Seat.RECRUITER, to_role=Seat.HIRING_MANAGER, volume=4,
            acceptance=Decimal("0.8"), response_hours=6, since_on=date(2026, 11, 23), job=job,
        ),
        by=by, at=LATER,
    )  # fmt: skip


def _somebody(users: Users, whose: str) -> Candidate:
    name = {} if whose == "mine" else {"family_name": "Okapi"}
    return a_candidate(by=users["r"], **name)


def _somebody_refused(users: Users, elsewhere: Job) -> Candidate:
    """Weeks ago somebody else interviewed, and refused them for another job."""
    by = users["r"]
    person = a_candidate(by=by, pay_floor=FLOOR, pay_said_on=date(2026, 10, 1))
    before = an_application(through="interview", job=elsewhere, candidate=person, by=by)
    asked = an_interview(application=before, interviewers=(users["x"],), by=by, title=SAID_ELSEWHERE)
    a_scorecard(asked, users["x"], notes=SAID_ELSEWHERE)
    an_exit("decision.manager", application=before, by=by, order={"note": "Quagga said no"})
    return person


def _at(rows: Rows, users: Users, whose: str, stage: str) -> Application:
    """One more card of the job, in this stage."""
    person = _somebody(users, whose)
    return an_application(start=stage, through=stage, job=rows["job"], candidate=person, by=users["r"], at=LATER)


def _returns(rows: Rows, users: Users, whose: str) -> None:
    by, job = users["r"], rows["job"]
    left = an_exit("skill.must_have", job=job, candidate=_somebody(users, whose), by=by, at=LATER)
    entry = PoolEntry.objects.get(left=left.application)
    rows |= {"exit": left, "entry": entry, "reason": ExitReason.objects.get(key="terms.pay")}
    rows["proposal"] = a_proposal(entry=entry, job=job, by=by)
    dear = _somebody(users, whose)
    an_exit("terms.pay", job=job, candidate=dear, by=by, at=LATER, order={"pay_floor": ASKED, "note": SAID[whose]})
    jobs.approve_opening(opening=jobs.add_opening(job=job, by=by, at=MONDAY), by=users["l"], at=MONDAY)
    rows["hired"] = a_hire(job=job, candidate=_somebody(users, whose), by=by, days_each=0)


def _things_of_the_job(rows: Rows, job: Job, by: User) -> None:
    jobs.ask_more(job=job, to_stage="interview", by=by, at=MONDAY, text_en="Knows the harbour", text_ja="港を知る")
    jobs.own_attributes(job=job, by=by, at=MONDAY)
    rows["opening"], rows["step"] = job.openings.first(), current_steps(job).last()
    rows["seat"], rows["requirement"] = job.seats.first(), job.requirements.first()
    rows["pipeline"] = job.pipeline
    rows["criterion"] = Criterion.objects.filter(gate__job=job).first()
    rows["attribute"] = Attribute.objects.filter(job=job).first()
    pipeline = Criterion.objects.filter(gate__pipeline=job.pipeline, gate__to_stage="interview")
    rows["asked"] = pipeline.exclude(weight=Weight.MUST).first()
    rows["untaken"] = Attribute.objects.filter(pipeline=job.pipeline).last()
    jobs.retire_attribute(attribute=Attribute.objects.filter(job=job).last(), by=by, at=MONDAY)
    rows["table"] = a_table("name,e-mail\nAda,ada@example.test\n", by=by)
    edge = SkillBroader.objects.filter(narrow__aliases__isnull=False).earliest("pk")
    rows["skill"], rows["edge_pk"] = edge.narrow, edge
    rows["alias_pk"] = SkillAlias.objects.filter(skill=edge.narrow).first()


def _things_of_the_person(rows: Rows, by: User) -> None:
    """One of everything that hangs on the card of a person."""
    known: dict[str, Any] = {"candidate": rows["candidate"], "by": by, "at": MONDAY}
    rows["document"] = candidates.add_document(file=ContentFile(b"%PDF-1.4\n%%EOF", name="cv.pdf"), kind="cv", **known)
    candidates.add_note(text="Calls in the morning", **known)
    candidates.add_evidence(skill=Skill.objects.get(key="python"), level=3, seen_on=date(2026, 11, 2), **known)
    rows["on_Tag"] = candidates.tag(name="Sailors", **known)
    rows["on_Document"], rows["on_Candidate"] = rows["document"], rows["exit"].application.candidate
    for kind in (people.SkillEvidence, people.ContactPoint, people.LawfulBasis, people.Note):
        rows[f"on_{kind.__name__}"] = kind.objects.filter(candidate=rows["candidate"]).first()


def _handoffs(rows: Rows, users: Users, decider: User, whose: str) -> None:
    by = users["r"]
    rows["to_offer"] = _at(rows, users, whose, "screening")
    offered, returned = _at(rows, users, whose, "screening"), _at(rows, users, whose, "screening")
    rows["handoff"] = an_offered_handoff(application=offered, by=by, to=decider, at=LATER)
    rows["returned"] = a_returned_handoff(application=returned, by=by, to=decider, at=LATER)


def _interviews(rows: Rows, users: Users, decider: User, whose: str) -> None:
    """One planned; on one card the manager wrote and the interviewer owes, on another one it is the other way round."""
    by, card = users["r"], rows["application"]
    asking = (decider, users["i"] if whose == "mine" else users["x"])
    asking = tuple(dict.fromkeys(asking))
    start = LATER + timedelta(hours=2)
    held = an_interview(application=card, interviewers=asking, by=by, starts_at=start)
    a_scorecard(held, decider, notes=BY_THE_MANAGER if whose == "mine" else SAID_ELSEWHERE)
    rows["held"] = held
    other_card = _at(rows, users, whose, "interview")
    again = an_interview(application=other_card, interviewers=asking, by=by, starts_at=start + timedelta(hours=3))
    if whose == "mine":
        a_scorecard(again, users["i"], notes=BY_THE_INTERVIEWER)
    rows["assessed"] = other_card
    soon = LATER + timedelta(days=10)
    rows["interview"] = an_interview(application=card, interviewers=asking, by=by, starts_at=soon, at=LATER)


def _offers(rows: Rows, users: Users, whose: str) -> None:
    by, approver = users["r"], users["a" if whose == "mine" else "x"]
    person = _somebody(users, whose)
    chosen = a_chosen_person(by=by, job=rows["job"], candidate=person, at=LATER)
    rows["to_hire"] = chosen
    terms = the_terms(OFFERED[whose])
    rows["offer"] = a_waiting_offer(by=by, approvers=[approver], application=chosen, terms=terms, at=LATER)


def fill_of_users(both: dict[str, Rows], users: Users) -> None:
    """What belongs to each of those who work here: absences, notices, letters, and the links in them."""
    for whose, rows in both.items():
        rows["user"] = builders.a_sourcer(team=Team.objects.get_or_create(name="Docks")[0])
        invited, token = invite_user(email=f"{whose}@example.test", role=Role.SOURCER, by=users["l"], at=LATER)
        rows |= {"invitation": invited, "accept": dict.fromkeys(users, token)}
        links = {letter: link_path(rows["handoff"], user) for letter, user in users.items()}
        rows["handoff_link"] = {letter: _token(path) for letter, path in links.items()}
        rows["unsubscribe"] = {letter: _token(url_for(user, SUMMARY)) for letter, user in users.items()}
    _absences(both, users)
    relay_all(LATER + timedelta(hours=12))
    for letter, user in users.items():
        post_mail(
            key=f"a-letter:{letter}", to=user.email, user=user, subject="A letter", text="Words.", html="<p>Words.</p>",
            invitation="BEGIN:VCALENDAR", invitation_method="REQUEST", at=LATER,
        )  # fmt: skip
        notify(
            user=user, kind="scorecard.in", key=f"a-notice:{letter}", path="/", at=LATER,
            about={"name": "Somebody", "job": "Something", "by": "", "due": ""},
        )  # fmt: skip
    told = {letter: Notice.objects.get(user=user, key=f"a-notice:{letter}") for letter, user in users.items()}
    letters = {letter: Mail.objects.get(key=f"a-letter:{letter}") for letter in users}
    for rows in both.values():
        rows |= {"notice": told, "mail": letters}


def _token(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]


def _absences(both: dict[str, Rows], users: Users) -> None:
    away, back = {}, {}
    for letter, user in users.items():
        terms: dict[str, Any] = {"user": user, "deputy": None, "by": user, "at": LATER}
        gone = enter_absence(from_on=SOON + timedelta(days=60), back_on=SOON + timedelta(days=63), **terms)
        back[letter] = take_back_absence(absence=gone, by=user, at=LATER)
        away[letter] = enter_absence(from_on=SOON, back_on=SOON + timedelta(days=5), **terms)
    for rows in both.values():
        rows |= {"absence": away, "taken_back": back}
