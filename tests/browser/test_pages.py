"""Every main page: readable for everybody in light and dark, whole on a phone, silent on the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from recruiting.core.outbox import relay
from recycling.tasks import sweep_everything
from tests.browser import steps
from tests.builders import a_lead
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job
from tests.builders_returns import a_proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
GRAVE = {"serious", "critical"}


def a_house_at_work() -> list[str]:
    """A job with people, somebody who rests and is proposed, the sweeps' own page: the addresses of ten pages."""
    job = an_open_job("Cluster engineer", asks=(("Kubernetes", 3),))
    application = an_application(job=job)
    a_proposal(job=job)
    relay()
    sweep_everything()
    person = application.candidate.public_id
    return [
        "/",
        "/returns/?tab=team",
        "/jobs/",
        f"/jobs/{job.pk}/",
        f"/jobs/{job.pk}/board/",
        "/people/",
        f"/people/{person}/",
        "/pools/",
        "/numbers/",
        "/sweeps/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(desk_of: Callable[..., Page], scheme: str) -> None:
    page = desk_of(a_lead(), color_scheme=scheme)
    found = {}
    for path in a_house_at_work():
        page.goto(path)
        steps.at_rest(page)
        violations = Axe().run(page, options=WCAG).response["violations"]
        for each in violations:
            if each["impact"] in GRAVE:
                found[path, each["id"]] = [node["target"] for node in each["nodes"]][:5]

    assert found == {}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_page_is_wider_than_a_phone(desk_of: Callable[..., Page], language: str) -> None:
    page = desk_of(a_lead(language=language))
    page.set_viewport_size({"width": 390, "height": 844})
    wide = {}
    for path in a_house_at_work():
        page.goto(path)
        steps.at_rest(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[path] = width

    assert wide == {}
