"""The sample company: who works there, what they hire for, and the year that brought them here."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from funnel.handoffs.receivers import end_stand_ins
from recruiting.accounts.models import Team, User
from recruiting.accounts.roles import Role
from recruiting.candidates.models.sources import Agency
from recruiting.home.sample.absences import go_away, keep_hours
from recruiting.home.sample.desk import decide_what_surfaced
from recruiting.home.sample.lives import a_life
from recruiting.home.sample.promises import promise
from recruiting.home.sample.scenes import set_scenes
from recruiting.home.sample.today import set_desks
from recruiting.home.sample.told import LATELY, all_is_told, lately
from recruiting.home.sample.world import World
from recruiting.jobs.models import Job, JobFamily, Level, PipelineTemplate, Seat
from recruiting.jobs.services import approve_job, draft_job
from recruiting.skills.models import Skill
from recycling import engine
from recycling.models import ExitReason

# part, family, given, written in, role, language, team
STAFF = [
    ("administrator", "Weber", "Johanna", "en", Role.ADMINISTRATOR, "en", ""),
    ("lead", "高橋", "直子", "ja", Role.RECRUITING_LEAD, "ja", "Engineering hiring"),
    ("recruiter", "中村", "美咲", "ja", Role.RECRUITER, "en", "Engineering hiring"),
    ("recruiter2", "小林", "遼", "ja", Role.RECRUITER, "ja", "Business hiring"),
    ("sourcer", "Okafor", "Dayo", "en", Role.SOURCER, "en", "Engineering hiring"),
    ("manager", "佐々木", "健", "ja", Role.HIRING_MANAGER, "ja", ""),
    ("manager2", "Lindholm", "Eva", "en", Role.HIRING_MANAGER, "en", ""),
    ("manager3", "大野", "裕子", "ja", Role.HIRING_MANAGER, "ja", ""),
    ("interviewer", "Tanaka", "Ken", "en", Role.INTERVIEWER, "en", ""),
    ("interviewer2", "Moreau", "Claire", "en", Role.INTERVIEWER, "en", ""),
    ("approver", "石井", "誠", "ja", Role.APPROVER, "ja", ""),
]
ABROAD = {"manager2": "Europe/Stockholm"}
# key, title, family, level, pipeline, department, place, remote, band (¥M), must-haves, nice, openings,
# recruiter, manager
JOBS: list[tuple[Any, ...]] = [
    ("payments", "Backend Engineer, Payments", "backend", 4, "engineering", "Payments", "Tokyo", "hybrid", (8, 11.5),
     [("go", 3), ("postgresql", 3)], ["kubernetes"], 8, "recruiter", "manager"),
    ("core", "Backend Engineer, Core", "backend", 4, "engineering", "Core", "Tokyo", "remote", (8, 11),
     [("go", 3), ("aws", 2)], ["grpc"], 5, "recruiter", "manager2"),
    ("sre", "Site Reliability Engineer", "infrastructure", 4, "engineering", "Platform", "Tokyo", "remote", (9, 12.5),
     [("kubernetes", 3), ("terraform", 3)], ["go"], 5, "recruiter", "manager2"),
    ("data", "Data Engineer", "data", 4, "engineering", "Data", "Tokyo", "hybrid", (8, 12),
     [("python", 3), ("sql", 3)], ["spark"], 5, "recruiter", "manager"),
    ("frontend", "フロントエンドエンジニア", "frontend", 3, "mid_career", "Product", "Osaka", "hybrid", (6, 9),
     [("typescript", 3), ("react", 3)], ["ux-design"], 5, "recruiter", "manager2"),
    ("design", "Product Designer", "design", 4, "mid_career", "Product", "Tokyo", "hybrid", (7, 10.5),
     [("figma", 3), ("ux-design", 3)], [], 2, "recruiter2", "manager3"),
    ("qa", "QA Lead", "quality", 5, "engineering", "Platform", "Tokyo", "hybrid", (8.5, 11),
     [("test-automation", 3), ("selenium", 2)], [], 2, "recruiter2", "manager2"),
    ("sales", "法人営業（エンタープライズ）", "sales", 3, "mid_career", "営業", "Tokyo", "onsite", (6, 9.5),
     [("b2b-sales", 3)], ["english"], 4, "recruiter2", "manager3"),
    ("accounting", "経理スタッフ", "finance", 3, "simple", "管理", "Tokyo", "onsite", (5, 7.5),
     [("accounting", 3), ("nissho-2", None)], [], 2, "recruiter2", "manager3"),
    ("success", "Customer Success Manager", "customer", 4, "simple", "Customer", "Tokyo", "hybrid", (6.5, 9.5),
     [("customer-success", 3), ("english", 4)], ["japanese"], 2, "recruiter2", "manager3"),
]  # fmt: skip
AGENCIES = [("Kisen Partners", "Mori Aya"), ("Blue Harbour Search", "Paul Grant"), ("あけぼの人材", "野口 孝")]
# Of 24 who come, how many come for which job.
ARRIVALS = [
    ("payments", 6), ("core", 3), ("sre", 3), ("data", 3), ("frontend", 3), ("sales", 2),
    ("design", 1), ("qa", 1), ("accounting", 1), ("success", 1),
]  # fmt: skip
DAYS = 365
QUIET_DAYS = 16  # nobody decides proposals of the last days: the visitor does


@transaction.atomic
def make_sample_company(*, at: datetime, people: int = 260, seed: int = 20) -> World:
    """Fill an empty house. The same `seed` gives the same company; everything happens through the services."""
    world = World(rng=random.Random(seed), start=at - timedelta(days=DAYS), end=at)  # noqa: S311 - no secret
    world.users = _staff()
    for name, contact in AGENCIES:
        email = f"{name.split()[0].lower() if name.isascii() else 'akebono'}@agency.example"
        Agency.objects.create(name=name, contact_name=contact, contact_email=email)
    world.skills = {skill.key: skill for skill in Skill.objects.filter(is_active=True)}
    world.reasons = {reason.key: reason for reason in ExitReason.objects.all()}
    for row in JOBS:
        _open_job(world, row)
    jobs = [world.jobs[key] for key, weight in ARRIVALS for _each in range(weight)]
    keep_hours(world)
    go_away(world)
    promise(world)
    for number in range(people):
        # A year's arrivals, and a good part of them lately: these are the ones on the boards today.
        came = world.end - (world.days(0.5, 45) if world.chance(0.42) else world.days(45, DAYS - 2))
        world.begin(world.in_office(came), a_life(world, jobs[number % len(jobs)], number))
    set_scenes(world)
    set_desks(world)
    world.begin(at - LATELY, lately(world))
    world.run(every=timedelta(days=26), meanwhile=_now_and_then)
    engine.sweep(at, is_full=True)
    all_is_told(world)
    return world


def _now_and_then(world: World) -> None:
    engine.sweep(world.now, is_full=True)
    end_stand_ins(at=world.now)
    if world.now < world.end - timedelta(days=QUIET_DAYS):
        decide_what_surfaced(world)


def _staff() -> dict[str, User]:
    users, password = {}, make_password(settings.SAMPLE_PASSWORD)  # slow by design, and the same for all
    for part, family, given, written, role, language, team in STAFF:
        user = User.objects.create_user(
            f"{part}@sample.example",
            family_name=family,
            given_name=given,
            name_lang=written,
            role=role,
            language=language,
            time_zone=ABROAD.get(part, settings.TIME_ZONE),
            team=Team.objects.get_or_create(name=team)[0] if team else None,
        )
        user.password = password
        user.save(update_fields=["password"])
        users[part] = user
    return users


def _open_job(world: World, row: tuple[Any, ...]) -> Job:
    key, title, family, level, pipeline, department, place, remote, band, musts, nice, openings, recruiter, manager = (
        row
    )
    by = world.users[recruiter]
    job = draft_job(
        title=title,
        recruiter=by,
        by=by,
        at=world.now,
        pipeline=PipelineTemplate.objects.get(key=pipeline),
        openings=openings,
        requirements=[
            *((world.skills[skill].name_en, asked, True) for skill, asked in musts),
            *((world.skills[skill].name_en, None, False) for skill in nice),
        ],
        team=[
            (Seat.HIRING_MANAGER, world.users[manager]),
            (Seat.APPROVER, world.users["approver"]),
            (Seat.SOURCER, world.users["sourcer"]),
            (Seat.INTERVIEWER, world.users["interviewer"]),
            (Seat.INTERVIEWER, world.users["interviewer2"]),
        ],
        family=JobFamily.objects.get(key=family),
        level=Level.objects.get(pk=level),
        department=department,
        places=[place],
        remote=remote,
        band_min=Decimal(str(band[0])) * 1_000_000,
        band_max=Decimal(str(band[1])) * 1_000_000,
    )
    approve_job(job=job, by=world.users["approver"], at=world.now)
    world.jobs[key] = Job.objects.get(pk=job.pk)
    world.musts[job.pk] = [(each.skill, each.level) for each in job.requirements.filter(is_must=True) if each.skill]
    return job
