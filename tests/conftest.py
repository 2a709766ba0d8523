"""What every test may lean on: reference data, the people who work here, one fixed moment, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.utils import timezone, translation

from tests import builders

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Playwright keeps an event loop in the test's own thread, which Django would take for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A journey without a Chromium, or a production test without its services, says so instead of failing."""
    no_browser = pytest.mark.skip(reason="no Chromium on this machine")
    no_production = pytest.mark.skip(reason="runs by `make prod-smoke`, on PostgreSQL and Redis")
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(no_browser)
        if item.get_closest_marker("production") and config.getoption("markexpr") != "production":
            item.add_marker(no_production)


# --- The database, with its reference data ----------------------------------------------------------------------------


def seed() -> None:
    """Reasons, pools, skills and pipelines, as a new house has them. Harmless when they are there already."""
    if "seed" in get_commands():
        call_command("seed", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        seed()


def writes_for_real(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    needs = set(getattr(item, "fixturenames", ()))
    return bool({"transactional_db", "live_server"} & needs or (marker and marker.kwargs.get("transaction")))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """A test that really commits ends by emptying every table: put the reference data back for the next one."""
    try:
        return (yield)
    finally:
        if writes_for_real(item):
            from pytest_django.plugin import blocking_manager_key

            with item.config.stash[blocking_manager_key].unblock():
                seed()


@pytest.fixture(scope="session", autouse=True)
def _words() -> None:
    """The translations as they lie in the repository today."""
    call_command("compile_words", verbosity=0)


@pytest.fixture(autouse=True)
def _a_clean_desk(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> Iterator[None]:
    """Files go to a folder of the run; no language or time zone is left over for the next test."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"
    settings.WHITENOISE_AUTOREFRESH = True  # looks a file up when asked, instead of reading all of them per client
    yield
    translation.activate(house_settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture
def empty_cache(db: None) -> Iterator[None]:
    """Rate limits count in the cache; a test that looks at them starts and ends with none counted."""
    cache.clear()
    yield
    cache.clear()


# --- Time -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def at() -> Any:
    """One fixed moment: Monday 2 November 2026, 10:00 in Tokyo. `builders.moment()` makes others."""
    return builders.MONDAY


# --- People who work here ---------------------------------------------------------------------------------------------


@pytest.fixture
def sourcer(db: None) -> Any:
    return builders.a_sourcer()


@pytest.fixture
def recruiter(db: None) -> Any:
    return builders.a_recruiter()


@pytest.fixture
def lead(db: None) -> Any:
    return builders.a_lead()


@pytest.fixture
def manager(db: None) -> Any:
    return builders.a_manager()


@pytest.fixture
def interviewer(db: None) -> Any:
    return builders.an_interviewer()


@pytest.fixture
def approver(db: None) -> Any:
    return builders.an_approver()


@pytest.fixture
def administrator(db: None) -> Any:
    return builders.an_administrator()


# --- Chromium (pytest-playwright's own fixtures, told which browser this machine has) ---------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Asia/Tokyo",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def signed_in(page: Any, live_server: Any) -> Any:
    """`signed_in(user)` gives the page of a browser in which that person is signed in."""

    def sign_in(user: Any) -> Any:
        page.context.add_cookies([{**builders.session_cookie(user), "url": live_server.url}])
        page.goto(live_server.url + "/")
        return page

    return sign_in
