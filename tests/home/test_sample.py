"""The sample company shows one of everything, made through the services; every desk has something true to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from django.test import override_settings
from django.utils import timezone

from funnel.forgotten import forgotten_by
from funnel.handoffs import selectors
from funnel.interviews.selectors import scorecards_owed, upcoming
from funnel.models import (
    LIVE,
    Application,
    Contract,
    Handoff,
    HandoffState,
    Interview,
    Offer,
    OfferState,
    Scorecard,
    Visit,
)
from funnel.offers.selectors import approvals_waiting, offers_to_act_on
from funnel.sides import Sides
from recruiting.accounts.models import Absence, WorkingCalendar
from recruiting.candidates.models import Candidate
from recruiting.core.days import day_of
from recruiting.core.models import Event, OutboxMessage
from recruiting.home.sample import make_sample_company
from recruiting.jobs.stages import Stage
from recruiting.notices.models import Mail, Notice, Sending
from recycling import blocks
from recycling.models import PoolEntry, Proposal, Rest

pytestmark = pytest.mark.django_db

# A basis that ran out is "no basis" before it is "use is over": the second does not stand alone in lives like these.
NEVER_ALONE = {"use_over"}


@pytest.fixture(scope="module")
def at():
    return timezone.now()


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory, at):
    """Made once; taken back when this module is through."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=media):
        yield make_sample_company(at=at, people=16)
        transaction.set_rollback(True)


def test_a_visitor_finds_one_of_everything_and_the_history_is_consistent(house, at):
    open_kinds = set(Proposal.objects.filter(state="open").values_list("kind", flat=True))
    assert open_kinds == {"date", "skill", "decider", "opening"}
    assert Proposal.objects.filter(state="accepted", times_asked=1).exists()
    assert PoolEntry.objects.filter(state=Rest.RESTING, review_on__lte=at.date()).exists()
    stops = [blocks.blocks_of(person, at) for person in Candidate.objects.all()]
    every = {block.key for block in blocks.BLOCKS}
    assert {block.key for held in stops for block in held} == every
    assert {held[0].key for held in stops if held} >= every - NEVER_ALONE
    assert Visit.objects.filter(ended_as="").count() == Application.objects.filter(outcome__in=LIVE).count()
    assert not Visit.objects.filter(left_at__lt=F("entered_at")).exists()


def test_nobody_crosses_a_border_without_an_accepted_handoff(house):
    direct = Event.objects.filter(verb="application.advanced").exclude(data__has_key="handoff")
    assert not direct.exists()
    assert not Event.objects.filter(verb="application.advanced", data__handoff="direct").exists()
    states = set(Handoff.objects.values_list("state", flat=True))
    assert states >= {HandoffState.OFFERED, HandoffState.ACCEPTED, HandoffState.RETURNED}
    again = Handoff.objects.filter(state=HandoffState.ACCEPTED, is_at_once=False)
    assert not again.filter(response_minutes=None).exists()
    assert all(row.packet["summary"] for row in Handoff.objects.filter(is_at_once=False))


def test_nothing_is_left_to_send_and_no_letter_leaves_for_what_is_long_past(house):
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
    assert not Mail.objects.exclude(state=Sending.SENT).exists()


def test_the_manager_has_three_handoffs_one_late_one_warned_and_one_of_somebody_who_came_back(house, at):
    waiting = list(selectors.waiting_for(house.users["manager"], at).select_related("application"))

    assert len(waiting) == 3
    assert waiting[0].miss_at < at <= waiting[1].miss_at
    assert waiting[0].escalated_at
    assert all(row.warned_at for row in waiting)
    returns = [row for row in waiting if row.application.previous_id]
    assert [bool(row.packet["why_now"] and row.packet["rechecked"]) for row in returns] == [True]


def test_the_recruiter_has_cards_that_came_back_and_the_lead_is_asked_about_one(house, at):
    back = list(selectors.came_back(house.users["recruiter"]))

    assert sum(row.asked_lead_id is None for row in back) >= 2
    assert all(row.failed_id and row.why for row in back)
    asked = selectors.to_settle(house.users["lead"])
    assert [row.attempt for row in asked] == [3]
    assert selectors.came_back(house.users["sourcer"]).exists()
    assert selectors.waiting_for(house.users["recruiter"], at).count() >= 2


def test_whoever_stands_in_sees_what_was_offered_to_the_colleague_who_is_away(house, at):
    absent, deputy = house.users["manager3"], house.users["manager2"]
    waiting = list(selectors.waiting_for(deputy, at))

    assert Absence.objects.on(day_of(at)).filter(user=absent, deputy=deputy).exists()
    assert any(row.to_user_id == absent.pk for row in waiting)
    assert any(row.to_user_id == deputy.pk and row.job.pk == house.jobs["sales"].pk for row in waiting)
    assert WorkingCalendar.objects.filter(user=deputy, country="SE").exists()


def test_interviews_are_to_come_and_scorecards_owed_without_knowing_the_others(house, at):
    for part in ("manager", "interviewer", "interviewer2"):
        assert upcoming(house.users[part], at).exists(), part
    for part in ("interviewer", "manager"):
        owed = scorecards_owed(house.users[part], at)
        assert Scorecard.objects.filter(interview__in=owed.values("interview"), version=1).exists(), part
    twice = Interview.objects.annotate(told=Count("scorecards", filter=Q(scorecards__version__gte=1))).filter(told=2)
    assert twice.exists()


def test_offers_stand_at_every_point_of_their_way(house, at):
    states = set(Offer.objects.values_list("state", flat=True))
    assert states >= {
        *(OfferState.DRAFT, OfferState.WAITING, OfferState.APPROVED, OfferState.EXTENDED),
        *(OfferState.EXPIRED, OfferState.RESCINDED),
    }
    assert approvals_waiting(house.users["approver"], at).exists()
    soon = offers_to_act_on(house.users["recruiter"], at).filter(state=OfferState.EXTENDED)
    assert soon.get().expires_on == day_of(at) + timedelta(days=2)
    hired = Application.objects.filter(outcome="hired")
    assert hired.count() == Offer.objects.filter(state=OfferState.ACCEPTED, application__in=hired).count()


def test_two_borders_have_a_contract_and_a_third_waits_for_the_other_side(house):
    agreed = [row for row in Contract.objects.all() if row.is_agreed]
    waiting = [row for row in Contract.objects.all() if row.is_open]

    assert {row.to_stage for row in agreed} == {Stage.SCREENING, Stage.INTERVIEW}
    assert [Sides(house.users["manager"]).may_agree(row) for row in waiting] == ["receiver"]


def test_forgotten_cards_stand_on_their_owners_desks(house, at):
    for part in ("recruiter", "recruiter2", "sourcer"):
        assert forgotten_by(house.users[part], at).exists(), part


@pytest.mark.parametrize(
    "part", ["lead", "recruiter", "recruiter2", "sourcer", "manager", "manager2", "interviewer", "approver"]
)
def test_everybody_has_been_told_something_and_not_read_all_of_it(house, part):
    told = Notice.objects.of(house.users[part])

    assert told.unread().exists()
    assert told.filter(read_at__isnull=False).exists() or told.count() <= 2
