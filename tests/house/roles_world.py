"""A small house in which every role sits somewhere: one job of theirs, one that is not, and a person known to both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import URLPattern

from recruiting.accounts.models import User
from recruiting.candidates.views.sections import SECTIONS
from recruiting.candidates.views.verbs import VERBS
from recruiting.jobs import services as jobs
from recruiting.jobs.models import Job, Seat
from tests import builders
from tests.builders import MONDAY
from tests.builders_jobs import an_open_job
from tests.house.roles_rows import SAID_ELSEWHERE, fill, fill_of_users

# Found nowhere else in the product's words, so that a page that shows them gives itself away.
THEIR_JOB, FOREIGN_JOB, FOREIGN_DECIDER = "Harbour pilot", "Zebra keeper", "Quagga"
FOREIGN = (FOREIGN_JOB, FOREIGN_DECIDER, SAID_ELSEWHERE, "Okapi", "5.21M", "521万", "5,210,000", "6.54M", "6,540,000")
BANDS = {THEIR_JOB: (7_310_000, 8_760_000), FOREIGN_JOB: (5_210_000, 6_980_000)}
SUMS = (
    7_310_000,
    8_760_000,
    5_210_000,
    6_980_000,
    9_430_000,
    10_270_000,
    8_120_000,
    6_540_000,
)  # bands, floors, offers
NOW = MONDAY + timedelta(days=21, hours=2)  # when the house is looked at


def written(amount: int) -> tuple[str, ...]:
    """Every way in which a page, a file or a form could write a sum."""
    return f"{amount / 1_000_000:.2f}M", f"{amount // 10_000}万", f"{amount:,}", str(amount)


PAY = tuple(way for amount in SUMS for way in written(amount))


@dataclass
class World:
    """Who works here by letter, and a row of each kind: of a job they sit on ("mine"), of another one ("other").

    A row that belongs to one person (a notice, an absence, a link in a letter) is a mapping by letter.
    """

    users: dict[str, User]
    rows: dict[str, dict[str, Any]] = field(default_factory=lambda: {"mine": {}, "other": {}})

    def kwargs(self, name: str, pattern: URLPattern, whose: str, letter: str) -> dict[str, Any]:
        """What an address of this pattern names, among the rows of one side."""
        kind = kind_of(name, str(pattern.pattern))
        found = {word: self.key_of(name, word, kind, whose, letter) for word in pattern.pattern.converters}
        return {word: key for word, key in found.items() if key is not None}

    def key_of(self, name: str, word: str, kind: str, whose: str, letter: str) -> Any:
        rows = self.rows[whose]
        if word == "public_id":
            return rows["candidate"].public_id
        if word == "name":
            return name.partition(" ")[2]
        if word == "token" and name in LINKS:
            return rows[LINKS[name]][letter if whose == "mine" else "x"]
        if word in FIXED:
            return FIXED[word]
        row = rows.get(kind if word == "pk" else ROWS_OF.get(f"{name} {word}", word))
        row = row[letter if whose == "mine" else "x"] if isinstance(row, dict) else row
        return row.pk if row is not None else None

    def terms(self, name: str, whose: str = "mine") -> dict[str, Any]:
        """What a request must name beside its address, where an empty one says nothing."""
        said = TERMS.get(name, {})
        return {word: self.rows[whose][kind].pk if kind in self.rows[whose] else kind for word, kind in said.items()}


TERMS = {
    "funnel:choose": {"card": "application"},
    "funnel:move": {"card": "application", "column": "step"},
    "funnel:offer_handoffs": {"card": "to_offer"},
    "recycling:exit_many": {"application": "application"},
    "recycling:exit_many_preview": {"application": "application"},
    "funnel:propose_contract": {"stage": "hire", "sender": "hiring_manager", "receiver": "final_decider"},
    "funnel:plan_forgotten": {"application": "application"},
    "funnel:hold_forgotten": {"application": "application"},
    "funnel:resume_forgotten": {"application": "application"},
    "recycling:undo_exits": {"exit": "exit"},
    "recycling:tag_people": {"person": "candidate"},
    "recycling:add_people": {"person": "candidate"},
    "funnel:borders": {"job": "job"},
    "funnel:borders_csv": {"job": "job"},
    "recycling:borders_back": {"job": "job"},
}
FIXED = {"token": "x", "key": "x", "uidb36": "1", "to_stage": "interview"}
LINKS = {
    "funnel:handoff_link": "handoff_link", "notices:unsubscribe": "unsubscribe", "accounts:accept": "accept",
}  # fmt: skip
# The first word of a route says what its key names, per space; else the space's own noun.
NOUNS = {
    "applications": "application", "jobs": "job", "exits": "exit", "entries": "entry", "returns": "proposal",
    "reasons": "reason", "documents": "document", "users": "user", "invitations": "invitation",
    "handoffs": "handoff", "interviews": "interview", "offers": "offer", "contracts": "contract", "gates": "pipeline",
    "mails": "mail", "absences": "absence", "taken-back": "taken_back", "do": "verb",
}  # fmt: skip
SPACES = {"jobs": "job", "skills": "skill", "integrations": "table", "notices": "notice"}
# Addresses that need their row in another state or place than the others of its kind.
ROWS_OF = {
    "funnel:offer_handoff": "to_offer",
    "funnel:offer": "to_hire",
    "funnel:draft_offer": "to_hire",
    "funnel:hire": "to_hire",
    "funnel:after_hire": "hired",
    "jobs:raise_criterion criterion": "asked",
    "jobs:take_attribute attribute": "untaken",
    "funnel:scorecard": "held",
    "funnel:save_scorecard": "held",
}


def kind_of(name: str, route: str) -> str:
    """What the primary key in a route stands for: its nearest noun before the key."""
    if name.startswith("candidates:verb "):
        on = VERBS[name.partition(" ")[2]].on
        return f"on_{on.__name__}" if on else ""
    words = re.split(r"[/<]", route.split("<int:pk>")[0])
    nouns = [NOUNS[word] for word in words if word in NOUNS]
    kind = nouns[-1] if nouns and name.split(":")[0] != "jobs" else SPACES.get(name.split(":")[0], "job")
    if name.startswith("jobs:") and route.startswith("gates/<int:pk>"):
        kind = "pipeline"
    return ROWS_OF.get(name, kind)


def names_of(name: str) -> list[str]:
    """Some addresses are many: each form and each verb about a person has a right of its own."""
    many = {"candidates:section": SECTIONS, "candidates:verb": VERBS}.get(name)
    return [f"{name} {each}" for each in many] if many else [name]


def a_world() -> World:
    """Everybody and everything, made through the services."""
    users = {
        "s": builders.a_sourcer(), "r": builders.a_recruiter(), "m": builders.a_manager(),
        "i": builders.an_interviewer(), "a": builders.an_approver(), "l": builders.a_lead(),
        "d": builders.an_administrator(), "x": builders.a_manager(family_name=FOREIGN_DECIDER),
    }  # fmt: skip
    world = World(users)
    mine, other = a_job(THEIR_JOB, users, "m"), a_job(FOREIGN_JOB, users, "x")
    for seat, letter in ((Seat.INTERVIEWER, "i"), (Seat.APPROVER, "a")):
        jobs.seat_user(job=mine, user=users[letter], seat=seat, by=users["l"], at=MONDAY)
    fill(world.rows["other"], users, other, "other")
    fill(world.rows["mine"], users, mine, "mine", elsewhere=other)
    fill_of_users(world.rows, users)
    return world


def a_job(title: str, users: dict[str, User], decider: str) -> Job:
    lowest, highest = BANDS.get(title, BANDS[FOREIGN_JOB])
    return an_open_job(
        title, lead=users["l"], recruiter=users["r"], decider=users[decider], asks=("Python",),
        band_min=Decimal(lowest), band_max=Decimal(highest),
    )  # fmt: skip
