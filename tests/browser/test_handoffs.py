"""One card over every border, by the people on both sides of each, until an offer is declined; and in Japanese."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from funnel.models import Application, Handoff, HandoffState, Interview, Offer, Scorecard
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.days import today
from recruiting.jobs.gates import attributes_of
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user
from recruiting.notices.models import Mail, Notice
from recycling.models import Condition, PoolEntry
from tests.browser import steps
from tests.browser.conftest import listen
from tests.builders import a_manager, a_recruiter, a_sourcer, an_approver, an_interviewer
from tests.builders_candidates import a_document
from tests.builders_funnel import an_application
from tests.builders_handoffs import a_job_with_sides
from tests.builders_offers import BAND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-narrow-bridge-4"
LINK = re.compile(r"https?://[^/\s]+(/handoffs/from-mail/\S+)")


@dataclass
class People:
    """Who takes part, each at a desk of their own; managers and approvers hold a phone."""

    application: Application
    manager: User
    approver: User
    interviewers: list[User]
    sourcer_page: Page
    recruiter_page: Page
    interviewer_pages: list[Page]
    manager_phone: Page
    approver_phone: Page


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_card_crosses_every_border_and_the_offer_is_declined_for_pay(
    language: str, desk_of: Callable[..., Page], new_context: Any, live_server: Any, heard: list[str]
) -> None:
    people = take_part(language, desk_of)

    the_sourcer_offers_and_it_comes_back(people)
    the_sourcer_offers_again_and_it_is_accepted(people)
    the_manager_takes_them_into_the_interviews(people)
    an_interview_is_planned_and_held(people)
    nobody_reads_the_other_scorecard_before_their_own_is_in(people)

    nobody_signed_in = new_context(base_url=live_server.url, has_touch=True).new_page()
    the_manager_decides_from_a_mail(people, on_a_phone(listen(nobody_signed_in, heard)))
    an_offer_is_approved_and_goes_out(people)
    they_decline_for_pay(people)


def take_part(language: str, desk_of: Callable[..., Page]) -> People:
    sourcer, recruiter = a_sourcer(language=language), a_recruiter(language=language)
    manager, approver = a_manager(language=language, password=PASSWORD), an_approver(language=language)
    interviewers = [an_interviewer(language=language) for _each in range(2)]
    job = a_job_with_sides(recruiter=recruiter, manager=manager, **BAND)
    for user, seat in ((approver, Seat.APPROVER), *((each, Seat.INTERVIEWER) for each in interviewers)):
        seat_user(job=job, user=user, seat=seat, by=None, at=timezone.now())
    application = an_application(job=job, by=sourcer, at=timezone.now() - timedelta(hours=2))
    a_document(application.candidate, at=timezone.now())
    return People(
        application,
        manager,
        approver,
        interviewers,
        desk_of(sourcer),
        desk_of(recruiter),
        [desk_of(each) for each in interviewers],
        on_a_phone(desk_of(manager, has_touch=True)),
        on_a_phone(desk_of(approver, has_touch=True)),
    )


def on_a_phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


# --- Sourcing to screening --------------------------------------------------------------------------------------------


def offer_by_menu(page: Page, application: Application, stage: str) -> Handoff:
    """From the card's menu on the board to the gate, with everything it asks."""
    steps.open_board(page, application.job)
    steps.card(page, application).hover()
    steps.card(page, application).locator(".card__menu").click()
    first = application.job.steps.filter(stage=stage, is_retired=False).order_by("position")[0]
    with steps.moving(page):
        steps.dialog(page).locator(f'button[name="column"][value="{first.pk}"]').click()
    steps.offer(page)
    return Handoff.objects.offered().get(application=application)


def now_of(application: Application) -> Application:
    return Application.objects.select_related("job", "step").get(pk=application.pk)


def the_sourcer_offers_and_it_comes_back(people: People) -> None:
    handoff = offer_by_menu(people.sourcer_page, people.application, "screening")
    assert now_of(people.application).stage == "sourcing"
    assert handoff.to_user == people.application.job.recruiter

    page = people.recruiter_page
    page.goto("/handoffs/")
    page.locator(f'a[href="/handoffs/{handoff.pk}/"]').click()
    page.locator(".is-must label.no").first.click()
    failed = page.locator(".is-must").first.get_attribute("data-criterion")
    page.locator(".handoff__return").click()
    expect(steps.dialog(page).locator(f'input[name="failed"][value="{failed}"]')).to_be_checked()
    steps.fill(steps.dialog(page), why="Two sentences, please; this is one word.")
    steps.dialog(page).locator(".dialog__foot .btn--primary").click()
    expect(steps.dialog(page)).to_have_count(0)
    steps.at_rest(page)

    back = Handoff.objects.get(pk=handoff.pk)
    assert (back.state, back.why) == (HandoffState.RETURNED, "Two sentences, please; this is one word.")
    assert back.failed is not None
    assert str(back.failed.key) == failed
    assert back.back_miss_at is not None
    assert now_of(people.application).stage == "sourcing"


def the_sourcer_offers_again_and_it_is_accepted(people: People) -> None:
    page, first = people.sourcer_page, Handoff.objects.get(application=people.application)
    page.goto("/handoffs/?tab=back")
    page.locator(f'a[href="/handoffs/{first.pk}/"]').click()
    expect(page.locator(".handoff__act")).to_contain_text(first.why)
    page.locator('.handoff__act a[href*="/offer-over/"]').click()
    expect(steps.dialog(page).locator(".notice--warn")).to_contain_text(first.why)
    steps.offer(page)
    second = Handoff.objects.offered().get(application=people.application)
    assert (second.attempt, second.previous) == (2, first)
    assert Handoff.objects.get(pk=first.pk).settled_at

    theirs = people.recruiter_page
    theirs.goto(f"/handoffs/{second.pk}/")
    expect(theirs.locator(".backstrip--again")).to_contain_text(first.why)
    theirs.locator(".handoff__accept").click()
    steps.at_rest(theirs)
    assert Handoff.objects.get(pk=second.pk).state == HandoffState.ACCEPTED
    assert now_of(people.application).stage == "screening"


# --- Screening to the interviews --------------------------------------------------------------------------------------


def the_manager_takes_them_into_the_interviews(people: People) -> None:
    offer_by_menu(people.recruiter_page, people.application, "interview")
    steps.accept(people.manager_phone, people.application)
    assert now_of(people.application).stage == "interview"


def an_interview_is_planned_and_held(people: People) -> None:
    """Planned for tomorrow by whoever keeps the card, with two who ask; and a day passes."""
    page, application = people.recruiter_page, people.application
    page.goto(f"/jobs/{application.job_id}/board/")
    steps.card(page, application).hover()
    steps.card(page, application).locator(".card__menu").click()
    steps.dialog(page).locator(f'a[href*="/applications/{application.pk}/interviews/plan/"]').click()
    for user in people.interviewers:
        steps.dialog(page).locator(f'input[name="interviewers"][value="{user.pk}"]').check()
    steps.fill(steps.dialog(page), place="Room 4", video_url="https://meet.example/r4")
    steps.dialog(page).locator(".dialog__foot .btn--primary").click()
    expect(steps.dialog(page)).to_have_count(0)
    steps.at_rest(page)
    steps.let_the_clock_tick()

    planned = Interview.objects.get(application=application)
    assert {row.user for row in planned.interviewers.all()} == set(people.interviewers)
    for user in people.interviewers:
        invited = Mail.objects.get(user=user, invitation_method="REQUEST")
        assert "LOCATION:Room 4" in invited.invitation
    began = timezone.now() - timedelta(hours=1)
    Interview.objects.filter(pk=planned.pk).update(starts_at=began, ends_at=began + timedelta(minutes=50))


def hand_in(page: Page, interview: Interview, notes: str, overall: str) -> None:
    """From their own desk of interviews; every attribute is looked at."""
    page.goto("/interviews/")
    page.locator(f'a.btn[href="/interviews/{interview.pk}/scorecard/"]').click()
    for attribute in attributes_of(interview.job):
        page.locator(f'label.point:has([name="score_{attribute.pk}"][value="3"])').click()
        page.locator(f'[name="note_{attribute.pk}"]').fill("Showed it on the board")
    page.locator(f'label.point:has([name="overall"][value="{overall}"])').click()
    page.locator('[name="notes"]').fill(notes)
    page.locator(".sheet__foot .btn--primary").click()
    page.wait_for_url(re.compile(rf"/interviews/{interview.pk}/$"))
    steps.at_rest(page)


def nobody_reads_the_other_scorecard_before_their_own_is_in(people: People) -> None:
    interview = Interview.objects.get(application=people.application)
    one, other = people.interviewer_pages
    hand_in(one, interview, "Calm under a falling database", "4")

    for path in (f"/interviews/{interview.pk}/", f"/applications/{people.application.pk}/scorecards/"):
        other.goto(path)
        expect(other.locator(".notice").first).to_be_visible()
        expect(other.locator(".sheet-read")).to_have_count(0)
        assert "Calm under" not in other.content()

    hand_in(other, interview, "Slow to start, sure at the end", "3")
    expect(other.locator(".sheet-read")).to_have_count(2)
    expect(other.locator("main")).to_contain_text("Calm under a falling database")
    assert Scorecard.objects.filter(application=people.application, version=1).count() == 2
    assert Interview.objects.get(pk=interview.pk).state == "held"


# --- Into hire, from a mail -------------------------------------------------------------------------------------------


def the_manager_decides_from_a_mail(people: People, phone: Page) -> None:
    """Not signed in anywhere: link, sign in, card, decided. Three screens."""
    handoff = offer_by_menu(people.recruiter_page, people.application, "hire")
    for _each in range(3):  # told, composed, sent
        steps.let_the_clock_tick()
    notice = Notice.objects.get(user=people.manager, key__startswith=f"handoff:{handoff.pk}:")
    mail = Mail.objects.get(user=people.manager, key=f"notice:{notice.pk}")
    link = LINK.search(mail.text)
    assert link is not None
    name = people.application.candidate.family_name

    screens: list[str] = []
    phone.on("load", lambda page: screens.append(page.url))
    phone.goto(link.group(1))
    assert name not in phone.content()
    steps.fill(phone, login=people.manager.email, password=PASSWORD)
    steps.submit(phone, "/accounts/login/")
    expect(phone.locator("h1")).to_contain_text(name)
    expect(phone.locator(".cards-in li")).to_have_count(2)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert Handoff.objects.get(pk=handoff.pk).state == HandoffState.OFFERED
    phone.locator(".handoff__accept").tap()
    expect(phone.locator(f'form[action="/handoffs/{handoff.pk}/undo/"]')).to_have_count(1)
    steps.at_rest(phone)

    assert len(screens) <= 3, screens
    answered = Handoff.objects.get(pk=handoff.pk)
    assert (answered.state, answered.answered_by) == (HandoffState.ACCEPTED, people.manager)
    assert now_of(people.application).stage == "hire"


# --- The offer --------------------------------------------------------------------------------------------------------


def press(page: Page, path: str, **fields: str) -> None:
    """Open a dialog by its address, fill it, press what it is for."""
    page.locator(f'.offer a[href*="{path}"]').first.click()
    expect(steps.dialog(page)).to_be_visible()
    steps.fill(steps.dialog(page), **fields)
    steps.confirm(page)


def an_offer_is_approved_and_goes_out(people: People) -> None:
    page, application = people.recruiter_page, people.application
    page.goto(f"/applications/{application.pk}/offer/")
    start = (today() + timedelta(days=60)).isoformat()
    press(page, "/offer/draft/", amount="9,200,000", starts_on=start, place="Tokyo")
    offer = Offer.objects.get(application=application)
    press(page, f"/offers/{offer.pk}/ask/")
    assert Offer.objects.get(pk=offer.pk).state == "waiting"

    phone = people.approver_phone
    phone.goto("/")
    phone.locator(f'a[href="/applications/{application.pk}/offer/"]').first.tap()
    expect(phone.locator(".offer__decide")).to_contain_text(re.compile("9.2M|920万"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator(".offer__verbs .btn--primary").tap()
    expect(phone.locator(".offer__decide")).to_have_count(0)
    assert Offer.objects.get(pk=offer.pk).state == "approved"

    page.reload()
    press(page, f"/offers/{offer.pk}/extend/")
    assert Offer.objects.get(pk=offer.pk).state == "extended"


def they_decline_for_pay(people: People) -> None:
    page, application = people.recruiter_page, people.application
    offer = Offer.objects.get(application=application)
    page.locator(f'a[href*="/offers/{offer.pk}/decline/"]').click()
    steps.dialog(page).locator('button[name="choose_reason"][value="terms.pay"]').click()
    steps.fill(steps.dialog(page), pay_floor="10400000")
    steps.at_rest(page)
    steps.confirm(page)

    assert Offer.objects.get(pk=offer.pk).state == "declined"
    assert now_of(application).outcome == "exited"
    entry = PoolEntry.objects.select_related("pool").get(left=application)
    assert (entry.pool.key, entry.reason.key, entry.state) == ("terms", "terms.pay", "resting")
    person = Candidate.objects.get(pk=application.candidate_id)
    assert (person.pay_floor, person.pay_currency, person.pay_said_on) == (10_400_000, "JPY", today())
    waits = Condition.objects.get(entry=entry)
    assert (waits.reason.key, waits.is_waiting, waits.is_decisive) == ("terms.pay", True, True)

    page.goto(f"/people/{person.public_id}/")
    expect(page.locator("main")).to_contain_text(re.compile("10.4M|1,040万円"))
