"""The pages of handoffs, interviews and offers: for everybody, whole on a phone, and usable without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from funnel.models import Application, Handoff, HandoffState, Interview, Offer, Scorecard
from recruiting.accounts.models import User
from recruiting.jobs.gates import attributes_of
from tests.browser import steps
from tests.browser.test_pages import GRAVE, WCAG
from tests.builders import a_lead, a_manager, a_recruiter, an_approver, an_interviewer
from tests.builders_funnel import an_application
from tests.builders_handoffs import a_full_order, a_job_with_sides, a_returned_handoff, an_offered_handoff
from tests.builders_interviews import an_interview
from tests.builders_offers import BAND, a_waiting_offer, the_terms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AN_HOUR = timedelta(hours=1)


@dataclass
class AtWork:
    """A job where cards wait, came back, are assessed and are offered; and who looks at which page."""

    manager: User
    recruiter: User
    interviewer: User
    approver: User
    waiting: list[Handoff]
    back: Handoff
    interview: Interview
    offer: Offer


def a_house_that_hands_over(language: str = "en") -> AtWork:
    manager, recruiter = a_manager(language=language), a_recruiter(language=language)
    interviewer, approver = an_interviewer(language=language), an_approver(language=language)
    now, starts = timezone.now(), timezone.localdate() + timedelta(days=60)
    job = a_job_with_sides(recruiter=recruiter, manager=manager, **BAND)
    waiting = [an_offered_handoff(job=job, at=now - AN_HOUR * hours) for hours in (30, 2)]
    assessed = an_application(through="interview", job=job, by=recruiter)
    interview = an_interview(application=assessed, interviewers=(interviewer,), starts_at=now + AN_HOUR, at=now)
    Interview.objects.filter(pk=interview.pk).update(starts_at=now - AN_HOUR, ends_at=now)
    chosen = an_application(through="hire", job=job, by=recruiter)
    terms = the_terms(starts_on=starts)
    offer = a_waiting_offer(by=recruiter, approvers=[lets_in(job, approver)], application=chosen, terms=terms, at=now)
    back = a_returned_handoff(job=job, at=now - AN_HOUR * 3)
    return AtWork(manager, recruiter, interviewer, approver, waiting, back, interview, offer)


def lets_in(job: Any, approver: User) -> User:
    job.seats.create(user=approver, seat="approver", since=timezone.now(), is_decider=True)
    return approver


def main_pages(house: AtWork) -> list[tuple[User, str]]:
    lead = a_lead(language=house.manager.language)
    return [
        (house.manager, f"/handoffs/{house.waiting[0].pk}/"),
        (house.manager, f"/handoffs/{house.waiting[0].pk}/return/"),
        (house.manager, "/handoffs/"),
        (house.recruiter, "/handoffs/?tab=back"),
        (house.recruiter, f"/handoffs/{house.back.pk}/"),
        (house.recruiter, f"/applications/{house.back.application_id}/offer-over/"),
        (house.recruiter, f"/applications/{house.interview.application_id}/interviews/plan/"),
        (house.interviewer, "/interviews/"),
        (house.interviewer, f"/interviews/{house.interview.pk}/"),
        (house.interviewer, f"/interviews/{house.interview.pk}/scorecard/"),
        (house.recruiter, f"/applications/{house.interview.application_id}/scorecards/"),
        (house.approver, f"/applications/{house.offer.application_id}/offer/"),
        (house.recruiter, f"/applications/{house.offer.application_id}/offer/"),
        (house.recruiter, "/offers/"),
        (lead, "/numbers/borders/"),
        (lead, "/forgotten/"),
        (lead, "/notices/"),
        (lead, "/notices/preferences/"),
    ]


def each_desk(desk_of: Callable[..., Page], **more: Any) -> Callable[[User], Page]:
    """One browser per person, kept open."""
    desks: dict[int, Page] = {}

    def of(user: User) -> Page:
        if user.pk not in desks:
            desks[user.pk] = desk_of(user, **more)
        return desks[user.pk]

    return of


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440), ("dark", 390)])
def test_no_page_of_a_handover_shuts_anybody_out(desk_of: Callable[..., Page], scheme: str, width: int) -> None:
    desk, found = each_desk(desk_of, color_scheme=scheme), {}
    for user, path in main_pages(a_house_that_hands_over()):
        page = desk(user)
        page.set_viewport_size({"width": width, "height": 844})
        assert page.goto(path).ok, path  # type: ignore[union-attr]
        steps.at_rest(page)
        for each in Axe().run(page, options=WCAG).response["violations"]:
            if each["impact"] in GRAVE:
                found[user.role, path, each["id"]] = [node["target"] for node in each["nodes"]][:5]

    assert found == {}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_page_of_a_handover_is_wider_than_a_phone(desk_of: Callable[..., Page], language: str) -> None:
    desk, wide = each_desk(desk_of), {}
    for user, path in main_pages(a_house_that_hands_over(language)):
        page = desk(user)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(path)
        steps.at_rest(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[user.role, path] = width

    assert wide == {}


# --- Without JavaScript -----------------------------------------------------------------------------------------------


def test_a_card_is_offered_and_let_go_without_javascript(desk_of: Callable[..., Page]) -> None:
    manager, recruiter = a_manager(), a_recruiter()
    job, now = a_job_with_sides(recruiter=recruiter, manager=manager), timezone.now()
    application = an_application(job=job, start="screening", through="screening", at=now - AN_HOUR)
    a_full_order(application, at=now)  # puts on file what the gate asks for
    page = desk_of(recruiter, java_script_enabled=False)
    page.goto(f"/applications/{application.pk}/offer-over/")
    for line in page.locator(".offering__line").all():
        line.locator("label.yes").click()
        if line.locator('input[type="text"]').count():
            line.locator('input[type="text"]').fill("Said so in the call")
    page.locator(".dialog__foot .btn--primary").click()
    handoff = Handoff.objects.offered().get(application=application)

    theirs = desk_of(manager, java_script_enabled=False)
    theirs.set_viewport_size({"width": 390, "height": 844})
    theirs.goto(f"/handoffs/{handoff.pk}/")
    theirs.locator(".handoff__third").click()
    theirs.locator('button[name="choose_reason"][value="fit.far"]').click()
    theirs.locator(".dialog__foot .btn--primary").click()
    expect(theirs.locator(f'form[action="/handoffs/{handoff.pk}/undo/"], form[action*="/exits/undo/"]')).to_have_count(
        1
    )

    assert Handoff.objects.get(pk=handoff.pk).state == HandoffState.DECIDED
    assert Application.objects.get(pk=application.pk).outcome == "exited"


def test_a_scorecard_is_handed_in_and_an_offer_approved_without_javascript(desk_of: Callable[..., Page]) -> None:
    house = a_house_that_hands_over()
    page = desk_of(house.interviewer, java_script_enabled=False)
    page.goto(f"/interviews/{house.interview.pk}/scorecard/")
    page.locator('[name="notes"]').fill("Sure of every step")
    page.locator(".sheet__foot .btn--primary").click()
    expect(page.locator(".attribute.is-wrong").first).to_be_visible()
    expect(page.locator('[name="notes"]')).to_have_value("Sure of every step")
    for attribute in attributes_of(house.interview.job):
        page.locator(f'label.point:has([name="score_{attribute.pk}"][value="3"])').click()
        page.locator(f'[name="note_{attribute.pk}"]').fill("Showed it on the board")
    page.locator('label.point:has([name="overall"][value="4"])').click()
    page.locator(".sheet__foot .btn--primary").click()
    expect(page.locator(".sheet-read")).to_have_count(1)
    assert Scorecard.objects.get(interview=house.interview).version == 1

    theirs = desk_of(house.approver, java_script_enabled=False)
    theirs.goto(f"/applications/{house.offer.application_id}/offer/")
    theirs.locator(".offer__verbs .btn--primary").click()
    expect(theirs.locator(".offer__decide")).to_have_count(0)
    assert Offer.objects.get(pk=house.offer.pk).state == "approved"
