"""What people do at a page, found by address, role and data, never by words: the same in every language."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from funnel.models import Application, Handoff
from recruiting.core.outbox import relay
from recruiting.jobs.models import Job, JobFamily, Level, PipelineTemplate
from recycling.tasks import evaluate_noted


def let_the_clock_tick() -> None:
    """What the sweeps do every two seconds."""
    relay()
    evaluate_noted()


def at_rest(page: Page) -> None:
    """Nothing is on its way between the page and the server."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-request")).to_have_count(0)


def moving(page: Page) -> Any:
    """`with moving(page):` a card is on its way until the server has answered."""
    return page.expect_response(lambda got: got.request.method == "POST" and "/move/" in got.url)


def submit(page: Page, action: str) -> None:
    page.locator(f'form[action*="{action}"] button[type=submit]').first.click()
    at_rest(page)


def dialog(page: Page) -> Locator:
    return page.locator("#dialog[open]")


def confirm(page: Page) -> None:
    """Press what the open dialog is for; it closes."""
    dialog(page).locator(".dialog__foot .btn--primary").click()
    expect(dialog(page)).to_have_count(0)
    at_rest(page)


def fill(where: Any, **fields: str) -> None:
    for name, value in fields.items():
        field = where.locator(f'[name="{name}"]:visible')
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def draft_job(page: Page, title: str, asks: str, *, manager: Any, approver: Any) -> Job:
    page.goto("/jobs/new/")
    fill(
        page,
        title=title,
        family=str(JobFamily.objects.get(key="backend").pk),
        level=str(Level.objects.get(rank=4).pk),
        pipeline=str(PipelineTemplate.objects.get(key="simple").pk),
        must_haves=asks,
        hiring_manager=str(manager.pk),
        approver=str(approver.pk),
    )
    submit(page, "/jobs/create/")
    return Job.objects.get(title=title)


def add_person(page: Page, family_name: str, email: str, job: Job) -> None:
    """By hand, straight to a job."""
    page.goto("/people/")
    page.locator('a[href^="/people/add/"]').first.click()
    fill(dialog(page), family_name=family_name, email=email, job=str(job.public_id), basis="agreed")
    dialog(page).locator("button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}/"))
    at_rest(page)


def open_board(page: Page, job: Job) -> None:
    page.goto(f"/jobs/{job.pk}/board/")
    at_rest(page)


def card(page: Page, application: Application) -> Locator:
    return page.locator(f'[data-card="{application.pk}"]')


def column(page: Page, step: Any) -> Locator:
    return page.locator(f'[data-column="{step.pk}"]')


def stands_in(page: Page, application: Application, step: Any) -> None:
    expect(column(page, step).locator(f'[data-card="{application.pk}"]')).to_have_count(1)
    expect(dialog(page)).to_have_count(0)
    at_rest(page)


def arrives(page: Page, application: Application, step: Any, theirs: Page | None) -> None:
    """At a border where somebody else decides (at the desk `theirs`), offered first and accepted there."""
    if theirs is not None:
        offer(page)
        expect(card(page, application)).to_have_class(re.compile("is-gate"))
        accept(theirs, application)
        open_board(page, application.job)
    stands_in(page, application, step)


def offer(page: Page) -> None:
    """Everything the gate asks is met, with a note where one can be written."""
    expect(dialog(page).locator(".offering__line").first).to_be_visible()
    for line in dialog(page).locator(".offering__line").all():
        line.locator("label.yes").click()
        if line.locator('input[type="text"]').count():
            line.locator('input[type="text"]').fill("Said so in the call")
    confirm(page)


def accept(theirs: Page, application: Application) -> None:
    theirs.goto(f"/handoffs/{Handoff.objects.offered().get(application=application).pk}/")
    theirs.locator(".handoff__accept").click()
    at_rest(theirs)


def move_by_menu(page: Page, application: Application, step: Any, theirs: Page | None = None) -> None:
    card(page, application).hover()
    card(page, application).locator(".card__menu").click()
    with moving(page):
        dialog(page).locator(f'button[name="column"][value="{step.pk}"]').click()
    arrives(page, application, step, theirs)


def move_by_dragging(page: Page, application: Application, step: Any, theirs: Page | None = None) -> None:
    with moving(page):
        card(page, application).drag_to(column(page, step).locator("[data-cards]"), target_position={"x": 60, "y": 30})
    arrives(page, application, step, theirs)


def move_by_keys(page: Page, application: Application, step: Any, theirs: Page | None = None) -> None:
    """Lift with Space, one column on, drop."""
    card(page, application).focus()
    with moving(page):
        for key in ("Space", "ArrowRight", "Space"):
            page.keyboard.press(key)
    arrives(page, application, step, theirs)


def choose_reason(page: Page, side: str, reason: str) -> None:
    """The side first, then the decisive reason."""
    chosen = dialog(page).locator(f'#side-{side}[aria-pressed="true"]')
    dialog(page).locator(f"#side-{side}").click()
    expect(chosen).to_be_visible()
    at_rest(page)
    dialog(page).locator(f'button[name="choose_reason"][value="{reason}"]').click()
    expect(dialog(page).locator(f'input[name="reason"][value="{reason}"]')).to_have_count(1)
    at_rest(page)
