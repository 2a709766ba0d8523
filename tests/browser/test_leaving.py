"""Several people leave at once, and whoever only decides sees only their own people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from funnel.models import Application
from recruiting.core.days import today
from recruiting.jobs.models import Job
from recycling.models import PoolEntry
from tests.browser import steps
from tests.builders import a_manager, a_recruiter
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_several_people_leave_together_and_a_closing_job_lets_the_rest_go(desk_of: Callable[..., Page]) -> None:
    recruiter = a_recruiter()
    job = an_open_job("Cluster engineer", recruiter=recruiter)
    leaving = [an_application(job=job) for _each in range(2)]
    staying = an_application(job=job)
    page = desk_of(recruiter)
    steps.open_board(page, job)
    for application in leaving:
        steps.card(page, application).focus()
        page.keyboard.press("x")
    page.keyboard.press("e")
    steps.choose_reason(page, "they", "timing.start_date")
    steps.fill(steps.dialog(page), due_on=today().replace(year=today().year + 1, day=1).isoformat())
    steps.confirm(page)
    assert PoolEntry.objects.filter(reason__key="timing.start_date", state="resting").count() == 2

    page.goto(f"/jobs/{job.pk}/")
    page.locator("details[data-menu] > summary").last.click()
    page.locator(f'a[href*="/jobs/{job.pk}/close/?as=cancelled"]').click()
    steps.confirm(page)

    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert Application.objects.get(pk=staying.pk).outcome == "exited"
    assert PoolEntry.objects.get(left=staying).reason.key.startswith("capacity.")


def test_a_hiring_manager_sees_the_people_of_their_own_jobs_and_nobody_else(desk_of: Callable[..., Page]) -> None:
    manager = a_manager()
    own = an_application(job=an_open_job("Theirs", decider=manager))
    other = an_application(job=an_open_job("Somebody else's"))
    page = desk_of(manager)

    page.goto("/people/")
    expect(page.locator(f'a[href^="/people/{own.candidate.public_id}/"]').first).to_be_visible()
    expect(page.locator(f'a[href^="/people/{other.candidate.public_id}/"]')).to_have_count(0)
    for path in (f"/people/{other.candidate.public_id}/", f"/jobs/{other.job_id}/board/", f"/jobs/{other.job_id}/"):
        assert page.request.get(path).status == 404
    assert page.request.get(f"/people/{own.candidate.public_id}/").ok
