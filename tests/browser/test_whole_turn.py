"""One whole turn of the wheel in a real browser, and the same in Japanese."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from funnel.models import Application
from recruiting.candidates.models import Candidate
from recruiting.candidates.services import add_evidence
from recruiting.contact.models import Touch
from recruiting.core.days import today
from recruiting.jobs.models import Job
from recruiting.jobs.selectors import current_steps
from recruiting.skills.models import Skill
from recycling.models import Exit, Proposal
from recycling.returns import open_return
from tests.browser import steps
from tests.browser.conftest import listen
from tests.builders import a_manager, a_recruiter, an_approver
from tests.builders_handoffs import a_plain_scorecard
from tests.builders_jobs import an_open_job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-narrow-bridge-4"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_somebody_leaves_for_a_missing_skill_learns_it_comes_back_and_is_hired(
    language: str, new_context: Any, live_server: Any, heard: list[str], desk_of: Callable[..., Page]
) -> None:
    recruiter = a_recruiter(language=language, password=PASSWORD)
    page = listen(new_context(base_url=live_server.url, permissions=["clipboard-write"]).new_page(), heard)
    sign_in(page, recruiter, language)

    manager = a_manager()
    job, decides = a_job_is_opened(page, desk_of, language, manager), desk_of(manager)
    steps.add_person(page, "Robin", "robin@people.example", job)
    person = Candidate.objects.get(family_name="Robin")
    first = Application.objects.get(candidate=person)
    they_say_they_know_it(person, recruiter)
    they_go_through_the_stages(page, job, first, decides)
    they_leave_and_are_told(page, job, first)
    the_missing_skill_is_shown(page, person)
    they_are_asked_and_say_yes(page, person)
    they_are_hired_and_leave_the_other_job(page, job, person, recruiter, decides)


def sign_in(page: Page, recruiter: Any, language: str) -> None:
    page.goto("/")
    steps.fill(page, login=recruiter.email, password=PASSWORD)
    steps.submit(page, "/accounts/login/")
    expect(page.locator("html")).to_have_attribute("lang", language)


def a_job_is_opened(page: Page, desk_of: Callable[..., Page], language: str, manager: Any) -> Job:
    """Drafted from a template, asked for, approved by somebody else at their own desk."""
    approver = an_approver(language=language)
    job = steps.draft_job(page, "Cluster engineer", "Kubernetes 3", manager=manager, approver=approver)
    steps.submit(page, "/ask-approval/")
    theirs = desk_of(approver)
    theirs.goto(f"/jobs/{job.pk}/")
    steps.submit(theirs, "/approve/")
    assert Job.objects.get(pk=job.pk).state == "open"
    return job


def they_say_they_know_it(person: Candidate, recruiter: Any) -> None:
    """Their own word for the must-have: enough for the gate, until an interview finds otherwise."""
    at = timezone.now()
    skill = Skill.objects.get(name_en="Kubernetes")
    add_evidence(candidate=person, skill=skill, level=3, seen_on=today(), by=recruiter, at=at)


def they_go_through_the_stages(page: Page, job: Job, application: Application, decides: Page) -> None:
    columns = list(current_steps(job))
    ways = [steps.move_by_menu, steps.move_by_dragging, steps.move_by_keys]
    steps.open_board(page, job)
    start = next(place for place, step in enumerate(columns) if step.pk == application.step_id)
    for step in columns[start + 1 :]:
        if step.stage == "hire":
            break
        before = Application.objects.get(pk=application.pk).stage
        is_theirs = step.stage == "interview" and before != step.stage
        ways[0](page, application, step, decides if is_theirs else None)
        ways.append(ways.pop(0))
    assert Application.objects.get(pk=application.pk).stage == "interview"


def they_leave_and_are_told(page: Page, job: Job, application: Application) -> None:
    """With the exit's own key; taken back at once; let go again with the pointer, and told what to tell."""
    steps.card(page, application).focus()
    page.keyboard.press("e")
    expect(steps.dialog(page)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(steps.dialog(page).locator('#side-we[aria-pressed="true"]')).to_be_visible()
    steps.at_rest(page)
    reason = steps.dialog(page).locator('button[name="choose_reason"][value="skill.must_have"]')
    page.keyboard.press(reason.get_attribute("data-key") or "")
    expect(steps.dialog(page).locator('input[name="reason"]')).to_have_value("skill.must_have")
    expect(steps.dialog(page).locator("#then p b").first).to_be_visible()
    steps.dialog(page).locator('input[name="failed"]').check()  # their own word spoke for it until now
    page.keyboard.press("Control+Enter")
    expect(steps.card(page, application)).to_have_count(0)
    steps.at_rest(page)

    page.keyboard.press("z")
    expect(steps.card(page, application)).to_have_count(1)
    steps.at_rest(page)

    steps.card(page, application).focus()
    page.keyboard.press("e")
    steps.choose_reason(page, "we", "skill.must_have")
    steps.dialog(page).locator('input[name="failed"]').check()
    steps.confirm(page)
    left = Exit.objects.get(application=application, undone_at=None)
    assert Exit.objects.filter(application=application).count() == 2

    page.goto("/")
    page.locator(f'a[href*="/exits/{left.pk}/tell/"]').first.click()
    expect(steps.dialog(page).locator("textarea")).not_to_have_value("")
    steps.confirm(page)
    assert Exit.objects.get(pk=left.pk).told == "told"


def the_missing_skill_is_shown(page: Page, person: Candidate) -> None:
    page.goto(f"/people/{person.public_id}/")
    page.locator('a[href$="/write/skill/"]').first.click()
    steps.fill(steps.dialog(page), term="k8s", level="3", source="certificate")
    steps.dialog(page).locator('[name="is_confirmed"]').check()
    steps.dialog(page).locator(".dialog__foot button[type=submit]").click()
    expect(steps.dialog(page)).to_have_count(0)
    steps.at_rest(page)
    steps.let_the_clock_tick()


def they_are_asked_and_say_yes(page: Page, person: Candidate) -> None:
    page.goto("/returns/")
    proposal = Proposal.objects.get(candidate=person)
    expect(page.locator(f'[data-pk="{proposal.pk}"]')).to_be_visible()
    expect(page.locator(".why__say")).to_contain_text("Kubernetes")

    page.keyboard.press("a")
    expect(steps.dialog(page).locator('[name="what_changed"]')).not_to_have_value("")
    steps.dialog(page).locator("button[type=submit]").last.click()
    letter = steps.dialog(page).locator('textarea[name="text"]')
    expect(letter).to_be_visible()
    expect(letter).not_to_have_value("")
    steps.dialog(page).locator("[data-copy]").click()
    steps.confirm(page)
    assert Touch.objects.filter(candidate=person, is_approach=True).count() == 1

    page.goto(f"/returns/?tab=asked&p={proposal.pk}")
    page.locator(f'a[href*="/returns/{proposal.pk}/yes/"]').click()
    steps.fill(steps.dialog(page), stage="interview")
    steps.confirm(page)


def they_are_hired_and_leave_the_other_job(
    page: Page, job: Job, person: Candidate, recruiter: Any, decides: Page
) -> None:
    again = Application.objects.get(candidate=person, outcome="active")
    a_plain_scorecard(again, at=timezone.now())
    other = open_return(candidate=person, job=an_open_job("Another job"), by=recruiter, at=timezone.now())
    steps.open_board(page, job)
    expect(steps.card(page, again).locator(".cycle")).to_contain_text("2")
    for place, step in enumerate(step for step in current_steps(job) if step.stage == "hire"):
        steps.move_by_menu(page, again, step, None if place else decides)

    steps.card(page, again).hover()
    steps.card(page, again).locator(".card__menu").click()
    steps.dialog(page).locator(f'a[href*="/applications/{again.pk}/hire/"]').click()
    expect(steps.dialog(page).locator('[name="starts_on"]')).to_be_visible()
    steps.dialog(page).locator("button[type=submit]").last.click()
    steps.dialog(page).locator(f'a[href*="/applications/{other.pk}/exit/"]').click()
    steps.choose_reason(page, "they", "interest.withdrew")
    steps.confirm(page)

    assert Application.objects.get(pk=again.pk).outcome == "hired"
    assert Application.objects.get(pk=other.pk).outcome == "exited"
