"""One sample person, with what a person brings: a name, an address, skills, a basis and a source."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from decimal import Decimal

from recruiting.candidates.models import Candidate, Purpose
from recruiting.candidates.models.consent import BasisKind
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.candidates.models.sources import Agency, Channel
from recruiting.candidates.services import SourceTerms, add_candidate, add_evidence, record_basis
from recruiting.core.days import plus_months
from recruiting.home.sample.names import EMPLOYERS, ENGLISH, FAMILIES, GIVEN, LATIN, PLACES
from recruiting.home.sample.world import World
from recruiting.jobs.models import Job

CHANNELS = [
    (Channel.APPLIED, 30), (Channel.SCOUT, 24), (Channel.REFERRAL, 14), (Channel.AGENCY, 14), (Channel.SOCIAL, 10),
    (Channel.EVENT, 5), (Channel.JOB_BOARD, 3),
]  # fmt: skip
# What CVs mention besides.
ENGINEERING = ["docker", "mysql", "javascript", "linux", "git", "java", "ruby", "redis", "graphql", "english", "gcp"]
BUSINESS = ["excel", "project-management", "negotiation", "salesforce", "english", "account-management"]


def a_person(world: World, job: Job, *, number: int, basis: str = "", shows: bool = False) -> Candidate:
    """Add one person who is thinkable for a job. `basis`: announced | agreed | nothing, else as life has it.

    `shows`: their CV meets every must-have of the job, and they named no pay that would stand in the way.
    """
    rng = world.rng
    name = _a_name(world, number)
    amount = Decimal(rng.randrange(50, 105) * 100_000)
    person = add_candidate(
        **name,
        contact_points=_addresses(world, number, name),
        source=_a_source(world),
        by=world.users["recruiter"],
        at=world.now,
        country="JP",
        location=rng.choice(PLACES),
        employer=rng.choice(EMPLOYERS),
        title=job.title if job.title.isascii() == (name["name_lang"] == "en") else "",
        pay_floor=amount if not shows and world.chance(0.4) else None,
        pay_said_on=world.today,
    )
    _skills(world, person, job, shows)
    _a_basis(world, person, basis)
    return person


def _a_name(world: World, number: int) -> dict[str, str]:
    if number % 4 == 3:
        given, family = ENGLISH[(number // 4) % len(ENGLISH)]
        return {"family_name": family, "given_name": given, "name_lang": "en", "language": "en"}
    family, family_kana = FAMILIES[(number * 7 + number // len(FAMILIES)) % len(FAMILIES)]
    given, given_kana = GIVEN[(number * 11 + number // len(GIVEN)) % len(GIVEN)]
    kana = {"family_kana": family_kana, "given_kana": given_kana}
    return {"family_name": family, "given_name": given, **kana, "name_lang": "ja", "language": "ja"}


def _addresses(world: World, number: int, name: dict[str, str]) -> list[tuple[str, str]]:
    if name["name_lang"] == "ja":
        latin = LATIN[[family for family, _kana in FAMILIES].index(name["family_name"])]
    else:
        plain = unicodedata.normalize("NFKD", name["family_name"]).encode("ascii", "ignore").decode().lower()
        latin = "".join(letter for letter in plain if letter.isalpha())
    points = [("email", f"{latin}.{number}@example.com")]
    if world.chance(0.5):
        points.append(("phone", f"090-0000-{number:04d}"))
    return points


def _a_source(world: World) -> SourceTerms:
    channel = world.rng.choices([each for each, _weight in CHANNELS], [weight for _each, weight in CHANNELS])[0]
    agency = None
    if channel == Channel.AGENCY:
        agency = Agency.objects.order_by("pk")[world.rng.randrange(3)]
    referrer = world.users["manager"] if channel == Channel.REFERRAL else None
    return SourceTerms(channel=channel, came_on=world.today, agency=agency, referrer=referrer)


def _skills(world: World, person: Candidate, job: Job, shows: bool) -> None:
    """What the CV says: the job's must-haves, mostly, at some level, and one or two things more."""
    known = BUSINESS if job.family and job.family.key in {"sales", "finance", "customer"} else ENGINEERING
    asked_for = {skill.key for skill, _level in world.musts[job.pk]}
    extra = [world.skills[key] for key in world.rng.sample([key for key in known if key not in asked_for], 2)]
    for skill, asked in [*world.musts[job.pk], *((skill, None) for skill in extra)]:
        if not shows and world.chance(0.3):
            continue
        top = 5 if skill.scale == "general" else 6
        level = asked if shows or not asked else max(1, min(top, asked + world.rng.choice([-2, -1, 0, 0, 1])))
        add_evidence(
            candidate=person,
            skill=skill,
            level=level or world.rng.randrange(2, 5),
            source=EvidenceSource.CV,
            seen_on=world.today - timedelta(days=world.rng.randrange(5, 400)),
            by=world.users["recruiter"],
            at=world.now,
        )


def _a_basis(world: World, person: Candidate, basis: str) -> None:
    chosen = basis or world.rng.choices(["announced", "agreed", "nothing"], [80, 13, 7])[0]
    if chosen == "nothing":
        return
    record_basis(
        candidate=person,
        purpose=Purpose.FUTURE_ROLES,
        kind=BasisKind.AGREED if chosen == "agreed" else BasisKind.ANNOUNCED,
        given_on=world.today,
        until=plus_months(world.today, 24 if chosen == "agreed" else 12),
        text_version="2025-04",
        text_language=person.language,
        by=world.users["recruiter"],
        at=world.now,
    )
