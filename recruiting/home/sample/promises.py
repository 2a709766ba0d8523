"""The weekly contracts: two borders have agreed on one, a third waits for the other side's word."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from funnel.borders import first_monday
from funnel.contracts import Terms, agree_contract, propose_contract
from recruiting.home.sample.world import Life, World
from recruiting.jobs.models import Seat
from recruiting.jobs.stages import Stage

# border, from, to, accepted a week, acceptance, response in hours, who proposes, who agrees, days before today, why
PROMISES = [
    (Stage.SCREENING, Seat.SOURCER, Seat.RECRUITER, 3, "0.8", 6, "sourcer", "recruiter", 58,
     "Fewer and better: three who want to talk are worth ten names."),
    (Stage.INTERVIEW, Seat.RECRUITER, Seat.HIRING_MANAGER, 2, "0.75", 8, "recruiter", "manager", 51,
     "An answer within a working day, so that nobody is lost to another company."),
    (Stage.HIRE, Seat.RECRUITER, Seat.HIRING_MANAGER, 1, "0.9", 6, "recruiter", "", 3,
     "The final word on the day the last scorecard is in."),
]  # fmt: skip


def promise(world: World) -> None:
    for row in PROMISES:
        world.begin(world.in_office(world.end - timedelta(days=row[8])), _a_promise(world, *row))


def _a_promise(
    world: World,
    to_stage: str,
    from_role: str,
    to_role: str,
    volume: int,
    acceptance: str,
    response_hours: int,
    proposes: str,
    agrees: str,
    _before: int,
    note: str,
) -> Life:
    terms = Terms(
        to_stage=to_stage,
        from_role=from_role,
        to_role=to_role,
        volume=volume,
        acceptance=Decimal(acceptance),
        response_hours=response_hours,
        since_on=first_monday(world.today),
        note=note,
    )
    contract = propose_contract(terms=terms, by=world.users[proposes], at=world.now)
    if agrees:
        yield world.soon(world.users[agrees])
        agree_contract(contract=contract, by=world.users[agrees], at=world.now)
