"""The offer over a border, from the board: the dialog, what it refuses, and what the card then says."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.handoffs.packet import proposed_packet
from funnel.models import Handoff
from recruiting.jobs.models import Seat
from tests.builders import a_lead, a_sourcer
from tests.builders_funnel import A_DAY, a_held_application, an_application, fresh
from tests.builders_handoffs import a_job_with_sides, a_returned_handoff, again, an_offered_handoff

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(recruiter):
    return a_job_with_sides(recruiter=recruiter, at=timezone.now() - A_DAY * 40)


@pytest.fixture
def sourcer(client):
    user = a_sourcer()
    client.force_login(user)
    return user


def on_board(job, target="card-1"):
    url = f"http://testserver{reverse('funnel:board', args=[job.pk])}"
    return {"HX-Request": "true", "HX-Current-URL": url, "HX-Target": target}


def a_card(job, by, **more):
    return an_application(job=job, by=by, at=timezone.now() - A_DAY * 20, **more)


def typed(row, to_stage="screening", **more):
    """The dialog as somebody fills it in: everything met, with a note."""
    lines = proposed_packet(row, to_stage, timezone.now()).lines
    said = {f"met_{line.key}": "yes" for line in lines} | {f"note_{line.key}": "Said so" for line in lines}
    to = row.job.recruiter if to_stage == "screening" else row.job.seats.filter(seat=Seat.HIRING_MANAGER)[0].user
    step = row.job.steps.filter(stage=to_stage).order_by("position").first()
    return {"card": row.pk, "version": row.version, "column": step.pk, "to": to.pk, "summary": "Fits", **said, **more}


def test_a_card_dropped_beyond_a_border_asks_for_the_offer_and_stays(client, sourcer, job):
    row = a_card(job, sourcer)
    step = job.steps.filter(stage="screening").first()

    answer = client.post(
        reverse("funnel:move", args=[job.pk]),
        {"card": row.pk, "version": row.version, "column": step.pk},
        headers=on_board(job),
    )

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#dialog")
    assert "Why this person fits the job" in answer.content.decode()
    assert fresh(row).stage == "sourcing"


def test_the_offer_stands_on_the_card_until_it_is_answered(client, sourcer, job):
    row = a_card(job, sourcer)

    answer = client.post(reverse("funnel:offer_handoff", args=[row.pk]), typed(row), headers=on_board(job, "dialog"))

    assert answer.status_code == 200
    assert "is-gate" in answer.content.decode()
    assert reverse("funnel:withdraw_handoff", args=[Handoff.objects.get().pk]) in answer.content.decode()
    assert job.recruiter.name in answer.content.decode()
    assert fresh(row).stage == "sourcing"


def test_a_refused_offer_keeps_what_was_typed_and_names_the_criterion(client, sourcer, job):
    row = a_card(job, sourcer)
    asked = {key: "" if key.startswith("met_") else value for key, value in typed(row).items()}

    answer = client.post(reverse("funnel:offer_handoff", args=[row.pk]), asked, headers=on_board(job, "dialog"))

    assert answer.status_code == 409
    assert "must be met by" in answer.content.decode()
    assert "Said so" in answer.content.decode()
    assert not Handoff.objects.exists()


def test_the_dialog_is_a_page_without_javascript(client, sourcer, job):
    row = a_card(job, sourcer)

    shown = client.get(reverse("funnel:offer_handoff", args=[row.pk]))
    sent = client.post(reverse("funnel:offer_handoff", args=[row.pk]), typed(row))

    assert b"<html" in shown.content
    assert sent.url == reverse("funnel:board", args=[job.pk])
    assert Handoff.objects.get().state == "offered"


def test_whoever_acts_for_both_sides_moves_the_card_at_once_and_reads_so(client, recruiter, job):
    client.force_login(recruiter)
    row = a_card(job, recruiter)
    step = job.steps.filter(stage="screening").first()

    answer = client.post(
        reverse("funnel:move", args=[job.pk]),
        {"card": row.pk, "version": row.version, "column": step.pk},
        headers=on_board(job),
    )

    assert answer.status_code == 200
    assert "you act for both sides" in answer.content.decode()
    assert Handoff.objects.get().is_at_once
    assert fresh(row).stage == "screening"


def test_several_cards_are_offered_with_one_dialog_and_who_cannot_is_named(client, sourcer, job):
    rows = [a_card(job, sourcer) for _ in range(3)]
    held = a_held_application(job=job, by=sourcer, at=timezone.now() - A_DAY)
    keys = [row.pk for row in (*rows, held)]

    asked = client.post(
        reverse("funnel:move", args=[job.pk]),
        {"card": keys, "column": job.steps.filter(stage="screening").first().pk},
        headers=on_board(job, "dialog"),
    )
    sent = client.post(
        reverse("funnel:offer_handoffs", args=[job.pk]),
        {**typed(rows[0]), "card": keys},
        headers=on_board(job, "dialog"),
    )

    assert asked.status_code == 409
    assert Handoff.objects.offered().count() == 3
    assert "3 people are offered." in sent.content.decode()
    assert "is on hold" in sent.content.decode()


def test_a_card_at_a_gate_is_not_offered_twice_but_says_who_has_it(client, sourcer, job):
    handoff = an_offered_handoff(application=a_card(job, sourcer), to_stage="screening", by=sourcer, at=timezone.now())
    step = job.steps.filter(stage="screening").first()
    order = {"card": handoff.application_id, "column": step.pk}

    answer = client.post(reverse("funnel:move", args=[job.pk]), order, headers=on_board(job))

    assert answer.status_code == 409
    assert handoff.to_user.name in answer.content.decode()
    assert Handoff.objects.count() == 1


def test_the_sender_takes_an_offer_back_and_a_stranger_does_not(client, sourcer, job):
    handoff = an_offered_handoff(application=a_card(job, sourcer), to_stage="screening", by=sourcer, at=timezone.now())
    url = reverse("funnel:withdraw_handoff", args=[handoff.pk])

    client.force_login(a_sourcer())
    assert client.post(url, headers=on_board(job)).status_code == 409
    client.force_login(sourcer)
    assert client.post(url, headers=on_board(job)).status_code == 200

    assert again(handoff).state == "withdrawn"


def test_a_lead_asks_somebody_else(client, sourcer, job):
    handoff = an_offered_handoff(application=a_card(job, sourcer), to_stage="screening", by=sourcer, at=timezone.now())
    lead = a_lead()
    client.force_login(lead)
    url = reverse("funnel:reassign_handoff", args=[handoff.pk])

    shown = client.get(url, headers=on_board(job, "dialog"))
    client.post(url, {"to": lead.pk, "why": "Away"}, headers=on_board(job, "dialog"))

    assert lead.name in shown.content.decode()
    assert again(handoff).to_user == lead


def test_an_interviewer_offers_nobody(client, interviewer, job):
    row = a_card(job, a_sourcer())
    client.force_login(interviewer)

    assert client.get(reverse("funnel:offer_handoff", args=[row.pk])).status_code == 403


def test_a_manager_of_another_job_finds_no_such_card(client, manager, job):
    row = a_card(job, a_sourcer())
    client.force_login(manager)

    assert client.get(reverse("funnel:offer_handoff", args=[row.pk])).status_code == 404


def test_a_returned_card_says_so_and_is_offered_again_with_what_was_written(client, sourcer, job):
    card = a_card(job, sourcer)
    handoff = an_offered_handoff(application=card, to_stage="screening", by=sourcer, at=timezone.now())
    returned = a_returned_handoff(handoff=handoff, at=timezone.now(), why="No idea when they can start")

    board = client.get(reverse("funnel:board", args=[job.pk])).content.decode()
    dialog = client.get(reverse("funnel:offer_handoff", args=[card.pk])).content.decode()

    assert f"Returned: {again(returned).failed}" in board
    assert "No idea when they can start" in dialog
    assert "Built payment systems for six years." in dialog
