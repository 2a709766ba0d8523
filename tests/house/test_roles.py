"""Role × page × verb: every address of the house, and who gets in. A new address without a row fails."""

from __future__ import annotations

from typing import Any

import pytest

from tests.house.roles_asking import OURS, SEATED, SPACES, House, gets_in, in_space, plain
from tests.house.roles_table import EVERYBODY, ROWS
from tests.house.roles_world import TERMS

pytestmark = pytest.mark.django_db
NOBODY = {
    "public_id": "6f1b7cbe-0000-4000-8000-000000000000",
    "pk": 999_999,
    "criterion": 999_999,
    "attribute": 999_999,
}
# A letter belongs to its reader, so another one's is none of theirs; what it says, nobody but them may know.
OF_ONES_OWN = {"accounts:accept", "notices:unsubscribe"}


def test_every_address_has_a_row() -> None:
    assert set(OURS) - set(ROWS) == set()
    assert set(ROWS) - set(OURS) == set()


def test_the_table_knows_its_letters() -> None:
    assert {letter for row in ROWS.values() for allowed in row for letter in allowed} <= set(EVERYBODY)


@pytest.mark.parametrize("space", SPACES)
def test_who_gets_in(house: House, space: str) -> None:
    wrong = []
    for name in in_space(space):
        for method, allowed in zip(("get", "post"), ROWS[name], strict=True):
            let_in = {letter for letter in EVERYBODY if gets_in(house.ask_for(letter, method, name)[0])}
            for letter in sorted(let_in ^ set(allowed)):
                wrong.append(f"{method} {name}: {letter} {'gets in' if letter in let_in else 'is kept out'}")

    assert wrong == []


@pytest.mark.parametrize("space", SPACES)
def test_another_jobs_rows_answer_like_rows_that_do_not_exist(house: House, space: str) -> None:
    """Nothing can be found, counted or inferred from an error: the same status, the same words."""
    wrong = []
    for name in in_space(space):
        if is_shared(house, name) or name in OF_ONES_OWN:
            continue
        for letter in SEATED:
            for method in ("get", "post"):
                there, nowhere = house.ask_for(letter, method, name, "other"), of_nobody(house, letter, method, name)
                if plain(there) != plain(nowhere) or (gets_in(there[0]) and keys_of(house, name)):
                    wrong.append(f"{method} {name}: {letter} reads {there[0]} against {nowhere[0]}")

    assert wrong == []


def of_nobody(house: House, letter: str, method: str, name: str) -> tuple[int, str]:
    """The same request about a row that never was."""
    instead = {word: NOBODY[word] for word in keys_of(house, name)}
    terms: dict[str, Any] = dict.fromkeys(TERMS.get(name, {}), 999_999)
    return house.ask(letter, method, house.address(name, letter, "other", **instead), terms)


def keys_of(house: House, name: str) -> set[str]:
    """The words of an address that name a row, the job itself first."""
    given = set(house.world.kwargs(name, OURS[name], "other", "x")) & set(NOBODY)
    return given & {"pk", "public_id"} or given


def is_shared(house: House, name: str) -> bool:
    """Addresses that name no row, or one that belongs to no job, such as a reason or a skill."""
    mine, other = (house.world.kwargs(name, OURS[name], whose, "m") for whose in ("mine", "other"))
    return mine == other and house.world.terms(name, "mine") == house.world.terms(name, "other")


def test_what_is_compared_is_there_to_be_found(house: House) -> None:
    """The test above can fail: a recruiter reads something else about another job's row than about none."""
    there = house.ask_for("r", "get", "funnel:handoff", "other")

    assert gets_in(there[0])
    assert plain(there) != plain(of_nobody(house, "r", "get", "funnel:handoff"))
