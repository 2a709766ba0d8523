"""What each role reads on every page it can open: nothing of other jobs, no pay, no scorecard before one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, quote

import pytest
from django.db import transaction

from recruiting.accounts.models import User
from recruiting.notices.models import Mail, Notice
from tests.house.roles_asking import SEATED, House, pages_of, plain
from tests.house.roles_rows import BY_THE_INTERVIEWER, BY_THE_MANAGER, SAID_ELSEWHERE, fill
from tests.house.roles_table import ROWS
from tests.house.roles_world import FOREIGN, FOREIGN_DECIDER, FOREIGN_JOB, PAY, a_job

pytestmark = pytest.mark.django_db
# A choice of colleagues names everybody who works here: that tells nothing about a job.
COLLEAGUE = re.compile(
    r'<option value="\d+"[^>]*>No\d+ [^<]*</option>|<input type="checkbox" name="interviewers"[^>]*>[^<]*'
)
LINK = re.compile(r'(?:href|hx-get|src|action)="(/[^"#]*)')
LEAVES = ("/static/", "/media/", "/accounts/logout", "/accounts/login", "/accounts/password", "/accounts/email")
OF_A_SHAPE = 3  # so many addresses that differ in their keys only
Pages = dict[str, tuple[int, str]]


def read_by(house: House, letter: str) -> Pages:
    """Every page of the table, swapped parts and whole ones, and one link further: tabs, filters, files, dialogs."""
    found: Pages = {}
    shapes: dict[str, int] = {}
    for name in pages_of(letter):
        found[house.address(name, letter)] = house.ask_for(letter, "get", name)
    if letter in ROWS["recycling:exit_preview"][1]:  # what an exit foretells
        asked = {"choose_reason": "capacity.filled"}
        found["preview"] = house.ask(letter, "post", house.address("recycling:exit_preview", letter), asked)
    for url in [each for each in found if each.startswith("/")]:
        found[f"htmx {url}"] = house.ask(letter, "get", url, None, **{"HX-Request": "true"})
        for link in links_of(found[url][1]):
            shape = re.sub(r"\d+|[0-9a-f-]{36}", "N", link.split("?")[0]) + str(parse_qsl(link.partition("?")[2]))
            shapes[shape] = shapes.get(shape, 0) + 1
            if link not in found and shapes[shape] <= OF_A_SHAPE:
                found[link] = house.ask(letter, "get", link)
    return found


def links_of(text: str) -> Iterator[str]:
    for link in dict.fromkeys(unescape(each) for each in LINK.findall(text)):
        if not link.startswith(LEAVES):
            yield link


@pytest.fixture(scope="module")
def read(house: House) -> dict[str, Pages]:
    """By letter; the others as they are asked for."""
    return {}


def pages(house: House, read: dict[str, Pages], letter: str) -> Pages:
    if letter not in read:
        read[letter] = read_by(house, letter)
    return read[letter]


def saying(found: Pages, words: tuple[str, ...]) -> list[str]:
    texts = {url: COLLEAGUE.sub("", text) for url, (_status, text) in found.items()}
    return [f"{url} says {word}" for url, text in texts.items() for word in words if word in text]


@pytest.mark.parametrize("letter", SEATED)
def test_who_holds_a_seat_reads_nothing_of_other_jobs(house: House, read: dict[str, Pages], letter: str) -> None:
    """Of a person's other cycles only that there was one: no job, no decider, no reason, no score, no pay."""
    told = saying(pages(house, read, letter), FOREIGN)

    assert not told, "\n".join(told)


@pytest.mark.parametrize("letter", SEATED)
def test_nobody_is_told_of_other_jobs(house: House, letter: str) -> None:
    user = house.world.users[letter]
    told = [str(about) for about in Notice.objects.filter(user=user).values_list("about", flat=True)]
    told += [" ".join(each) for each in Mail.objects.filter(user=user).values_list("subject", "text", "html")]

    assert len(told) > 2
    assert [words for words in told for mark in FOREIGN if mark in words] == []


@pytest.mark.parametrize("letter", ["i", "s"])
def test_pay_is_read_by_those_who_decide_about_it(house: House, read: dict[str, Pages], letter: str) -> None:
    """Interviewers and sourcers: neither the band, nor what somebody asks for, nor what is offered."""
    assert saying(pages(house, read, letter), PAY) == []


@pytest.mark.parametrize("letter", ["i", "s", "m", "a", "r"])
def test_no_letter_and_no_notice_names_pay(house: House, letter: str) -> None:
    """A letter is read over shoulders, and a notice in a chat."""
    user = house.world.users[letter]
    told = [str(about) for about in Notice.objects.filter(user=user).values_list("about", flat=True)]
    told += [" ".join(each) for each in Mail.objects.filter(user=user).values_list("subject", "text", "html")]

    assert [words for words in told for mark in PAY if mark in words] == []


@pytest.mark.parametrize(("letter", "others"), [("i", BY_THE_MANAGER), ("m", BY_THE_INTERVIEWER)])
def test_nobody_reads_a_scorecard_before_their_own_is_in(
    house: House, read: dict[str, Pages], letter: str, others: str
) -> None:
    assert saying(pages(house, read, letter), (others,)) == []


def test_an_approver_and_a_sourcer_read_no_scorecard(house: House, read: dict[str, Pages]) -> None:
    for letter in "as":
        assert saying(pages(house, read, letter), (BY_THE_MANAGER, BY_THE_INTERVIEWER, SAID_ELSEWHERE)) == []


@pytest.mark.parametrize(
    ("letter", "own"), [("i", BY_THE_INTERVIEWER), ("m", BY_THE_MANAGER)], ids=["interviewer", "manager"]
)
def test_what_is_ones_own_is_read(house: House, read: dict[str, Pages], letter: str, own: str) -> None:
    """The tests of blindness can fail."""
    assert saying(pages(house, read, letter), (own,)) != []


def test_the_marks_would_be_seen(house: House, read: dict[str, Pages]) -> None:
    """The tests above can fail: a recruiter reads all of it."""
    text = "".join(text for _status, text in pages(house, read, "r").values())

    assert [
        mark for mark in (FOREIGN_JOB, FOREIGN_DECIDER, BY_THE_MANAGER, BY_THE_INTERVIEWER) if mark not in text
    ] == []
    assert SAID_ELSEWHERE in text
    assert any(amount in text for amount in PAY)


@pytest.mark.parametrize("letter", SEATED)
def test_what_happens_elsewhere_changes_nothing_they_read(house: House, read: dict[str, Pages], letter: str) -> None:
    """No count, no list, no choice, no file, no answer differs when another job fills with people."""
    before, users = pages(house, read, letter), house.world.users
    work_here = set(User.objects.values_list("pk", flat=True))
    with transaction.atomic():
        fill({}, users, a_job("Zebra keeper at night", users, "x"), "other")
        fill({}, users, a_job("Zebra keeper by day", users, "x"), "other")
        User.objects.exclude(pk__in=work_here).update(is_active=False)  # a new colleague may be chosen anywhere
        after = read_by(house, letter)
        transaction.set_rollback(True)

    assert set(after) ^ set(before) == set()
    changed = [url for url in before if plain(before[url]) != plain(after[url])]
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize("letter", SEATED)
def test_what_they_may_not_see_they_cannot_find(house: House, letter: str) -> None:
    """Every page that searches answers the names of another job as it answers names that nobody bears."""
    wrong = []
    person = house.world.rows["other"]["candidate"]
    address = person.contact_points.get().value
    for name in pages_of(letter):
        for sought, like in (
            ("Okapi", "Opaki"),
            ("Zebra", "Bezra"),
            ("Quagga", "Gaqqua"),
            (address, f"q{address[1:]}"),
        ):
            found, nothing = (search(house, letter, name, word) for word in (sought, like))
            if found.replace(sought, like) != nothing:
                wrong.append(f"{name} finds {sought}")

    assert not wrong, "\n".join(wrong)


def search(house: House, letter: str, name: str, word: str) -> str:
    asked = {**house.world.terms(name), "q": word, "term": word}
    text = plain(house.ask(letter, "get", house.address(name, letter), asked))[1]
    return COLLEAGUE.sub("", text).replace(quote(word), word)
