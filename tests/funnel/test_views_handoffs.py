"""The receiver's desk: one card at a time, and the answers to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from funnel.handoffs.answering import accept_handoff
from funnel.jobs import hold_job
from funnel.models import Application, Handoff, HandoffState
from recruiting.accounts.models import Absence
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user
from recycling.models import ExitReason
from tests.builders import a_manager, a_recruiter, a_sourcer, an_interviewer
from tests.builders_funnel import an_application
from tests.builders_handoffs import a_job_with_sides, an_offered_handoff

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def offered(now, manager):
    """A card that a recruiter offers to the manager of its job."""
    return an_offered_handoff(job=a_job_with_sides(manager=manager), at=now - AN_HOUR)


def fresh(handoff):
    return Handoff.objects.get(pk=handoff.pk)


def keys_of(handoff):
    return [each["key"] for each in handoff.packet["criteria"]]


def listed(page):
    return [row.pk for row, *_more in page.context["rows"]]


# --- One card ---------------------------------------------------------------------------------------------------------


def test_the_card_says_who_offered_what_and_how_long_there_is(client, manager, offered):
    client.force_login(manager)

    page = client.get(reverse("funnel:handoff", args=[offered.pk]))
    text = page.content.decode()

    assert "Built payment systems for six years." in text
    assert offered.from_user.name in text
    assert page.context["clock"].whole == 12 * 60
    assert page.context["place"] == page.context["waiting"] == 1
    for key in keys_of(offered):
        assert f'name="check-{key}"' in text


def test_looking_changes_nothing(client, manager, offered):
    client.force_login(manager)
    before = Handoff.objects.filter(pk=offered.pk).values().get()

    for name in ("handoff", "return_handoff"):
        assert client.get(reverse(f"funnel:{name}", args=[offered.pk])).status_code == 200
    for name in ("accept_handoff", "undo_handoff"):
        assert client.get(reverse(f"funnel:{name}", args=[offered.pk])).status_code == 405
    assert client.get(reverse("recycling:let_go_handoff", args=[offered.pk])).status_code == 200

    assert Handoff.objects.filter(pk=offered.pk).values().get() == before


def test_a_manager_of_another_job_does_not_find_the_card(client, offered):
    client.force_login(a_manager())

    assert client.get(reverse("funnel:handoff", args=[offered.pk])).status_code == 404
    for name in ("funnel:accept_handoff", "funnel:return_handoff", "funnel:undo_handoff", "recycling:let_go_handoff"):
        assert client.post(reverse(name, args=[offered.pk])).status_code == 404
    assert fresh(offered).state == HandoffState.OFFERED


def test_an_interviewer_of_the_job_neither_reads_nor_answers(client, offered, now):
    interviewer = an_interviewer()
    seat_user(job=offered.job, user=interviewer, seat=Seat.INTERVIEWER, by=offered.from_user, at=now)
    client.force_login(interviewer)

    assert client.get(reverse("funnel:handoffs")).status_code == 403
    assert client.get(reverse("funnel:handoff", args=[offered.pk])).status_code == 403
    assert client.post(reverse("funnel:accept_handoff", args=[offered.pk])).status_code == 403


def test_the_floor_is_for_those_who_may_see_pay(client, manager, offered):
    candidate = offered.application.candidate
    candidate.pay_floor = 7_250_000
    candidate.save()

    for reader, is_seen in ((manager, True), (a_sourcer(), False)):
        client.force_login(reader)
        text = client.get(reverse("funnel:handoff", args=[offered.pk])).content.decode()
        assert ("¥7.25M" in text) is is_seen


def test_a_manager_reads_of_an_earlier_cycle_only_that_there_was_one(client, manager, now):
    earlier = an_application(job=a_job_with_sides(), at=now - timedelta(days=200))
    Application.objects.filter(pk=earlier.pk).update(outcome="exited", ended_at=now - timedelta(days=100))
    card = an_application(
        candidate=earlier.candidate,
        job=a_job_with_sides(manager=manager, title="Data engineer"),
        start="screening",
        through="screening",
        at=now - AN_HOUR,
    )
    Application.objects.filter(pk=card.pk).update(previous=earlier, cycle=2)
    handoff = an_offered_handoff(application=Application.objects.get(pk=card.pk), at=now)

    client.force_login(manager)
    seen = client.get(reverse("funnel:handoff", args=[handoff.pk])).context["earlier"]
    client.force_login(a_recruiter())
    known = client.get(reverse("funnel:handoff", args=[handoff.pk])).context["earlier"]

    assert "Here before, until" in seen
    assert str(earlier.job) not in seen
    assert str(earlier.job) in known


def test_a_packet_never_opens_a_file_of_somebody_else(client, manager, offered):
    other = an_offered_handoff(at=timezone.now())
    packet = {**offered.packet, "cv": other.packet["cv"]}
    Handoff.objects.filter(pk=offered.pk).update(packet=packet)
    client.force_login(manager)

    page = client.get(reverse("funnel:handoff", args=[offered.pk]))

    assert other.packet["cv"] not in {each.pk for each in page.context["packet"].documents}


def test_the_manager_opens_the_cv_that_lies_with_the_card(client, manager, offered):
    client.force_login(manager)

    shown = client.get(reverse("funnel:handoff", args=[offered.pk])).context["packet"].documents
    opened = client.get(reverse("recycling:document", args=[shown[0].pk]))

    assert opened.status_code == 200


def test_a_card_costs_the_same_queries_whatever_lies_with_it(client, manager, offered, django_assert_max_num_queries):
    client.force_login(manager)

    with django_assert_max_num_queries(16):
        client.get(reverse("funnel:handoff", args=[offered.pk]))


# --- The answers ------------------------------------------------------------------------------------------------------


def test_accepting_moves_the_card_keeps_the_checks_and_goes_to_the_next_one(client, manager, now):
    job = a_job_with_sides(manager=manager)
    first, second = (an_offered_handoff(job=job, at=now - AN_HOUR * hours) for hours in (3, 2))
    client.force_login(manager)
    checks = {f"check-{key}": "yes" for key in keys_of(first)}

    answer = client.post(reverse("funnel:accept_handoff", args=[first.pk]), checks)

    assert answer["Location"] == reverse("funnel:handoff", args=[second.pk])
    assert fresh(first).state == HandoffState.ACCEPTED
    assert fresh(first).checks == dict.fromkeys(keys_of(first), True)
    assert Application.objects.get(pk=first.application_id).stage == "interview"
    page = client.get(answer["Location"]).content.decode()
    assert reverse("funnel:undo_handoff", args=[first.pk]) in page


def test_after_the_last_one_the_list_says_that_nobody_waits(client, manager, offered):
    client.force_login(manager)

    page = client.post(reverse("funnel:accept_handoff", args=[offered.pk]), follow=True)

    assert page.request["PATH_INFO"] == reverse("funnel:handoffs")
    assert "Nobody waits for your answer." in page.content.decode()


def test_return_asks_for_a_sentence_with_the_crossed_criterion_chosen(client, manager, offered):
    client.force_login(manager)
    crossed = keys_of(offered)[1]

    page = client.post(
        reverse("funnel:return_handoff", args=[offered.pk]),
        {f"check-{keys_of(offered)[0]}": "yes", f"check-{crossed}": "no", "ask": "1"},
    )

    assert page.status_code == 200
    assert page.context["form"].initial["failed"] == crossed
    assert f'name="check-{crossed}" value="no"' in page.content.decode()
    assert fresh(offered).state == HandoffState.OFFERED


def test_a_return_without_a_sentence_keeps_what_was_chosen(client, manager, offered):
    client.force_login(manager)
    crossed = keys_of(offered)[0]

    page = client.post(reverse("funnel:return_handoff", args=[offered.pk]), {"failed": crossed, "why": " "})

    assert page.status_code == 422
    assert page.context["form"]["failed"].value() == crossed
    assert fresh(offered).state == HandoffState.OFFERED


def test_returning_puts_it_back_on_the_senders_desk_with_the_sentence(client, manager, offered):
    client.force_login(manager)
    crossed = keys_of(offered)[0]
    said = {"failed": crossed, "why": "Nobody asked about notice.", f"check-{crossed}": "no"}

    answer = client.post(reverse("funnel:return_handoff", args=[offered.pk]), said)

    returned = fresh(offered)
    assert answer.status_code == 302
    assert (returned.state, returned.why) == (HandoffState.RETURNED, "Nobody asked about notice.")
    assert str(returned.failed.key) == crossed
    assert returned.checks[crossed] is False


def test_letting_go_ends_the_way_and_the_undo_brings_the_card_back(client, manager, offered):
    client.force_login(manager)
    reason = ExitReason.objects.get(key="fit.far")
    order = {"side": "we", "reason": reason.key, "evidence": "Nothing we ask for", "told": "not_yet"}

    answer = client.post(reverse("recycling:let_go_handoff", args=[offered.pk]), order)
    assert answer.status_code == 302, answer.context["form"].errors
    assert fresh(offered).state == HandoffState.DECIDED
    assert Application.objects.get(pk=offered.application_id).outcome == "exited"

    toast = next(iter(client.get(answer["Location"]).context["messages"]))
    back = client.post(toast.extra_tags)

    assert back["Location"] == reverse("funnel:handoff", args=[offered.pk])
    assert fresh(offered).state == HandoffState.OFFERED
    assert Application.objects.get(pk=offered.application_id).outcome == "active"


def test_an_answer_can_be_undone_for_a_moment(client, manager, offered):
    client.force_login(manager)
    client.post(reverse("funnel:accept_handoff", args=[offered.pk]))

    back = client.post(reverse("funnel:undo_handoff", args=[offered.pk]))

    assert back["Location"] == reverse("funnel:handoff", args=[offered.pk])
    assert fresh(offered).state == HandoffState.OFFERED
    assert Application.objects.get(pk=offered.application_id).stage == "screening"


def test_an_old_answer_stays_and_says_so(client, manager, now):
    with time_machine.travel(now - timedelta(days=1), tick=False):
        handoff = an_offered_handoff(job=a_job_with_sides(manager=manager), at=timezone.now())
        accept_handoff(handoff=handoff, by=manager, at=timezone.now())
    client.force_login(manager)

    page = client.post(reverse("funnel:undo_handoff", args=[handoff.pk]))

    assert page.status_code == 409
    assert fresh(handoff).state == HandoffState.ACCEPTED


def test_the_second_of_two_managers_reads_who_was_first_and_keeps_what_they_typed(client, manager, offered, now):
    colleague = a_manager(family_name="Sato", given_name="Aya")
    seat_user(job=offered.job, user=colleague, seat=Seat.HIRING_MANAGER, by=offered.from_user, at=now)
    accept_handoff(handoff=fresh(offered), by=colleague, at=timezone.now())
    client.force_login(manager)
    crossed = keys_of(offered)[0]

    typed = {"failed": crossed, "why": "Asked for twice.", f"check-{crossed}": "no"}
    late_return = client.post(reverse("funnel:return_handoff", args=[offered.pk]), typed)
    late_accept = client.post(reverse("funnel:accept_handoff", args=[offered.pk]), {f"check-{crossed}": "yes"})

    assert late_return.status_code == late_accept.status_code == 409
    assert "Aya Sato accepted" in late_return.content.decode()
    assert "Asked for twice." in late_return.content.decode()
    assert "Aya Sato accepted" in late_accept.content.decode()
    assert fresh(offered).answered_by == colleague


def test_a_thumb_that_presses_twice_is_no_race(client, manager, offered):
    client.force_login(manager)
    address = reverse("funnel:accept_handoff", args=[offered.pk])
    client.post(address)

    again = client.post(address)

    assert again.status_code == 302
    assert Application.objects.get(pk=offered.application_id).stage == "interview"


def test_the_deputy_of_a_manager_who_is_away_answers(client, manager, offered, now):
    deputy = a_manager()
    seat_user(job=offered.job, user=deputy, seat=Seat.HIRING_MANAGER, by=offered.from_user, at=now, deputy_for=manager)
    day = now.date()
    away = {"from_on": day - timedelta(days=1), "back_on": day + timedelta(days=5), "created_at": now}
    Absence.objects.create(user=manager, deputy=deputy, **away)
    client.force_login(deputy)

    assert listed(client.get(reverse("funnel:handoffs"))) == [offered.pk]
    assert client.post(reverse("funnel:accept_handoff", args=[offered.pk])).status_code == 302
    assert fresh(offered).answered_by == deputy


def test_who_offered_it_reads_the_card_and_answers_nothing(client, offered):
    client.force_login(offered.from_user)

    page = client.get(reverse("funnel:handoff", args=[offered.pk])).content.decode()
    answer = client.post(reverse("funnel:accept_handoff", args=[offered.pk]))

    assert f'Waits for <span lang="en">{offered.to_user.name}' in page
    assert "Let go, with a reason" not in page
    assert answer.status_code == 409
    assert fresh(offered).state == HandoffState.OFFERED


def test_a_card_on_hold_asks_for_no_answer_and_takes_none(client, manager, offered, now):
    hold_job(job=offered.job, reason="Budget", until=(now + timedelta(days=20)).date(), by=offered.from_user, at=now)
    client.force_login(manager)

    page = client.get(reverse("funnel:handoff", args=[offered.pk]))
    assert (page.context["is_held"], page.context["may_answer"]) == (True, False)
    assert reverse("funnel:return_handoff", args=[offered.pk]) not in page.content.decode()
    assert client.post(reverse("funnel:accept_handoff", args=[offered.pk])).status_code == 409
    assert fresh(offered).state == HandoffState.OFFERED
