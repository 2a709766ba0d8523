"""A manager answers handoffs on a phone: from the link in a mail to the decision, with and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from funnel.handoffs.links import link_path
from funnel.models import Handoff, HandoffState
from tests.builders import a_manager
from tests.builders_handoffs import a_job_with_sides, an_offered_handoff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def state_of(handoff):
    return Handoff.objects.get(pk=handoff.pk).state


def two_cards(manager):
    job, now = a_job_with_sides(manager=manager), timezone.now()
    return [an_offered_handoff(job=job, at=now - timedelta(hours=hours)) for hours in (30, 2)]


def wider_than_the_phone(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_manager_returns_a_card_on_a_phone_and_takes_it_back(desk_of):
    manager = a_manager()
    first, second = two_cards(manager)
    page = desk_of(manager, has_touch=True)
    page.set_viewport_size(PHONE)

    # One tap from the desk to the card that is due first.
    page.goto("/")
    page.get_by_role("link", name=first.application.candidate.name).tap()
    expect(page.get_by_text("1 of 2")).to_be_visible()
    assert not wider_than_the_phone(page)

    # A cross fills "Return" and names the criterion; the form opens on it.
    page.locator(".is-must .no").first.tap()
    said = first.packet["criteria"][0]["text_en"]
    expect(page.locator(".handoff__says .is-said")).to_contain_text(said)
    expect(page.get_by_role("button", name="Accept anyway")).to_be_visible()
    page.get_by_role("button", name="Return", exact=True).tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(said)).to_be_checked()

    # Without a sentence it stays; with one it goes back, and the next card is there at once.
    dialog.get_by_role("button", name="Return").tap()
    expect(dialog.get_by_text("This field is required")).to_be_visible()
    dialog.get_by_label("What is missing").fill("Nobody asked.")
    dialog.get_by_role("button", name="Return").tap()
    expect(page).to_have_url(re.compile(reverse("funnel:handoff", args=[second.pk])))
    assert state_of(first) == HandoffState.RETURNED

    # Undo brings it back to be answered again.
    page.get_by_role("button", name="Undo").tap()
    expect(page).to_have_url(re.compile(reverse("funnel:handoff", args=[first.pk])))
    assert state_of(first) == HandoffState.OFFERED


def test_a_manager_accepts_one_and_lets_one_go_on_a_phone(desk_of):
    manager = a_manager()
    first, second = two_cards(manager)
    page = desk_of(manager, has_touch=True)
    page.set_viewport_size(PHONE)
    page.goto(reverse("funnel:handoff", args=[first.pk]))

    # Everything met: "Accept" is the filled button.
    page.get_by_role("button", name="All met").tap()
    expect(page.locator(".handoff__says .is-said")).to_contain_text("Everything agreed is met")
    page.get_by_role("button", name="Accept", exact=True).tap()
    expect(page).to_have_url(re.compile(reverse("funnel:handoff", args=[second.pk])))
    assert state_of(first) == HandoffState.ACCEPTED

    # Letting go is the exit dialog, as wide as the phone.
    page.get_by_role("link", name="Let go, with a reason").tap()
    expect(page.get_by_role("heading", name=re.compile("Let .* go"))).to_be_visible()
    assert not wider_than_the_phone(page)
    page.get_by_role("button", name="Several must-haves missing").tap()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Exit")).last.tap()
    expect(page.get_by_text("Nobody waits for your answer.")).to_be_visible()
    assert state_of(second) == HandoffState.DECIDED


def test_from_a_mail_to_the_decision_in_three_screens_without_javascript(desk_of):
    manager = a_manager()
    first, second = two_cards(manager)
    page = desk_of(manager, java_script_enabled=False)
    page.set_viewport_size(PHONE)

    page.goto(link_path(first, manager))  # screen 1: the card
    page.locator(".is-must .no").first.click()
    page.get_by_role("button", name="Return", exact=True).click()  # screen 2: why
    page.get_by_label("What is missing").fill("Nobody asked.")
    page.get_by_role("button", name="Return", exact=True).click()  # screen 3: the next card
    expect(page.get_by_text("1 of 1")).to_be_visible()
    assert state_of(first) == HandoffState.RETURNED

    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Nobody waits for your answer.")).to_be_visible()
    assert state_of(second) == HandoffState.ACCEPTED

    page.get_by_role("button", name="Undo").click()
    assert state_of(second) == HandoffState.OFFERED
