"""One whole turn of the wheel over HTTP, in houses that run as they would for others: production and embedded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.production.houses import House, composed, embedded_house, production_house
from tests.production.visitor import Page, Visitor

pytestmark = pytest.mark.production
HOUSES = {"production": production_house, "embedded": embedded_house}
AFTER_A_REST = 60.0  # seconds: the processes have to start first


@pytest.fixture(scope="module", params=HOUSES)
def house(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with HOUSES[request.param](tmp_path_factory.mktemp(request.param)) as house:
        yield house


@pytest.fixture(scope="module")
def recruiter(house: House) -> Visitor:
    return Visitor(house.address, "recruiter")


@pytest.fixture(scope="module")
def job(house: House, recruiter: Visitor) -> str:
    return open_job(recruiter, Visitor(house.address, "approver"), "Cluster engineer", "Kubernetes 3")


# --- What people do ---------------------------------------------------------------------------------------------------


def open_job(recruiter: Visitor, approver: Visitor, title: str, asks: str, decides: str = "Manager") -> str:
    """Drafted by the recruiter, opened by the approver; its key. Where the recruiter decides, none waits at a gate."""
    page = recruiter.go("/jobs/new/")
    drafted = recruiter.send(
        "/jobs/create/",
        title=title,
        recruiter=page.choice("recruiter", "Recruiter"),
        family=page.choice("family", "Infrastructure"),
        level=page.choice("level", "Senior"),
        pipeline=page.choice("pipeline", "Simple"),
        hiring_manager=page.choice("hiring_manager", decides),
        approver=page.choice("approver", "Approver"),
        must_haves=asks,
        openings="2",
        remote="hybrid",
        form=next(iter(page.choices["form"].values())),
        currency="JPY",
        period="year",
    )
    key = re.search(r"/jobs/(\d+)/", drafted.url)
    assert key
    recruiter.send(f"/jobs/{key[1]}/ask-approval/")
    approver.send(f"/jobs/{key[1]}/approve/")
    return key[1]


def add_person(recruiter: Visitor, name: str, job_title: str = "Cluster engineer") -> str:
    """By hand, to a job; the address of their page."""
    page = recruiter.go("/people/add/")
    added = recruiter.send(
        "/people/add/",
        family_name=name,
        given_name="Robin",
        name_lang="en",
        email=f"{name.lower()}@people.example",
        channel=next(iter(page.choices["channel"].values())),
        job=page.choice("job", job_title),
        basis="agreed",
    )
    return re.sub(r"^https?://[^/]+|\?.*$", "", added.url)


def add_evidence(recruiter: Visitor, person: str, term: str, level: int) -> None:
    today = datetime.now(UTC) + timedelta(hours=9)
    recruiter.send(
        f"{person}write/skill/",
        term=term,
        level=str(level),
        source="certificate",
        seen_on=today.date().isoformat(),
        is_confirmed="on",
    )


def board(visitor: Visitor, job: str) -> Page:
    return visitor.go(f"/jobs/{job}/board/")


def newest_card(visitor: Visitor, job: str) -> str:
    return max(board(visitor, job).cards, key=int)


def move_through(visitor: Visitor, job: str, card: str) -> None:
    """Column by column, to the last one."""
    page = board(visitor, job)
    _version, here = page.cards[card]
    for column in page.columns[page.columns.index(here) + 1 :]:
        version, _here = board(visitor, job).cards[card]
        visitor.send(f"/jobs/{job}/move/", card=card, version=version, column=column)


def let_go(visitor: Visitor, card: str, reason: str, asked: str = "", ticks: str = "") -> None:
    """Through the exit dialog; what it asks for is ticked: that value, or the first it offers."""
    page = visitor.send(f"/applications/{card}/exit/preview/", side="we", choose_reason=reason)
    ticked = {asked: ticks or page.ticks[asked][0]} if asked else {}
    visitor.send(f"/applications/{card}/exit/", side="we", reason=reason, told="not_yet", **ticked)


def somebody_rests(recruiter: Visitor, job: str, name: str, reason: str, *, holds: str = "", **asks: str) -> str:
    person = add_person(recruiter, name)
    card = newest_card(recruiter, job)
    if holds:
        add_evidence(recruiter, person, holds, 3)
    let_go(recruiter, card, reason, **asks)
    return person


# --- The journey ------------------------------------------------------------------------------------------------------


def test_whoever_learns_what_was_missing_is_back_on_the_desk_within_seconds_and_is_hired(
    house: House, recruiter: Visitor
) -> None:
    job = open_job(recruiter, Visitor(house.address, "approver"), "Platform engineer", "Kubernetes 3", "Recruiter")
    person = add_person(recruiter, "Abel", "Platform engineer")
    card = newest_card(recruiter, job)
    move_through(recruiter, job, card)
    let_go(recruiter, card, "skill.must_have", "failed")
    assert card not in board(recruiter, job).cards

    add_evidence(recruiter, person, "k8s", 3)
    proposal = recruiter.card_of("Abel")

    page = recruiter.go(f"/returns/{proposal}/accept/")
    changed = "Kubernetes is certified now."
    recruiter.send(f"/returns/{proposal}/accept/", what_changed=changed, asker=page.choice("asker", "Recruiter"))
    asked = recruiter.go(f"/returns/{proposal}/ask/")
    where = asked.choice("contact_point", "abel@people.example")
    recruiter.send(f"/returns/{proposal}/ask/", kind="mail", contact_point=where, subject="Again?", text="Shall we?")
    recruiter.send(f"/returns/{proposal}/yes/", stage="interview", kind="mail", note="Gladly.")

    again = newest_card(recruiter, job)
    assert again != card
    assert changed in board(recruiter, job).text
    move_through(recruiter, job, again)
    version, _column = board(recruiter, job).cards[again]
    starts = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    recruiter.send(f"/applications/{again}/hire/", version=version, starts_on=starts)
    assert again not in board(recruiter, job).cards


def test_a_job_that_opens_brings_back_whoever_found_the_seat_taken(house: House, recruiter: Visitor, job: str) -> None:
    somebody_rests(recruiter, job, "Bell", "capacity.filled", holds="Go")

    open_job(recruiter, Visitor(house.address, "approver"), "Tooling engineer", "Go 3")

    assert recruiter.card_of("Bell")


def test_another_decider_brings_back_whom_the_first_refused(house: House, recruiter: Visitor, job: str) -> None:
    team = recruiter.go(f"/jobs/{job}/team/")
    refuser = team.choice("user", "Manager")
    somebody_rests(recruiter, job, "Cole", "decision.manager", holds="Kubernetes", asked="refused_by", ticks=refuser)
    seat = re.search(rf'/jobs/{job}/team/(\d+)/leave/"[^<]*<input[^<]*<button[^>]*Manager', team.text)
    assert seat

    recruiter.send(f"/jobs/{job}/team/{seat[1]}/leave/")
    recruiter.send(f"/jobs/{job}/team/seat/", seat="hiring_manager", user=team.choice("user", "Successor"))

    assert recruiter.card_of("Cole")


def test_nobody_is_lost_while_the_relay_is_down(house: House, recruiter: Visitor, job: str) -> None:
    person = somebody_rests(recruiter, job, "Dahl", "skill.must_have", asked="failed")
    house.stop(*house.clock)
    add_evidence(recruiter, person, "Kubernetes", 4)
    assert "Dahl" not in recruiter.go("/returns/?tab=team").text

    house.start(*house.clock)

    assert recruiter.card_of("Dahl", within=AFTER_A_REST)


def test_a_manager_does_not_reach_other_peoples_people(house: House, recruiter: Visitor, job: str) -> None:
    successor = Visitor(house.address, "lead")
    other = open_job(successor, successor, "Somewhere else", "Go 3")
    person = add_person(recruiter, "Ende", "Somewhere else")
    seat = re.search(rf"/jobs/{other}/team/(\d+)/leave/", successor.go(f"/jobs/{other}/team/").text)
    assert seat
    successor.send(f"/jobs/{other}/team/{seat[1]}/leave/")
    manager = Visitor(house.address, "manager")

    for path in (person, f"/jobs/{other}/board/"):
        assert manager.session.get(house.address + path, timeout=20).status_code == 404


@pytest.mark.parametrize("house", ["production"], indirect=True)
@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_service_passes_its_own_health_check(house: House, name: str) -> None:
    for _try in range(house.health_tries(name)):  # as Docker does before it calls a service unhealthy
        done = house.once(house.health_check(name))
        if done.returncode == 0:
            break

    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.parametrize("house", ["production"], indirect=True)
@pytest.mark.parametrize(
    ("name", "variable", "value"),
    [
        ("web", "KANRYU_SECRET_KEY", None),
        ("worker", "KANRYU_SECRET_KEY", None),
        ("beat", "KANRYU_SECRET_KEY", None),
        ("prepare", "KANRYU_DEBUG", "1"),
        ("prepare", "KANRYU_ALLOWED_HOSTS", "*"),
    ],
)
def test_production_refuses_to_start_half_configured(house: House, name: str, variable: str, value: str | None) -> None:
    careless = House(house.folder, house.environment, composed())
    careless.environment.pop(variable, None)
    if value:
        careless.environment[variable] = value

    done = careless.once(careless.command(name))

    assert done.returncode != 0
    assert "Kanryu will not start in production" in done.stderr + done.stdout
