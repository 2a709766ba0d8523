"""The sample company shows one of everything, made through the services."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from funnel.models import LIVE, Application, Visit
from recruiting.candidates.models import Candidate
from recruiting.core.models import OutboxMessage
from recruiting.home.sample import make_sample_company
from recycling import blocks
from recycling.models import PoolEntry, Proposal, Rest

# A basis that ran out is "no basis" before it is "use is over": the second does not stand alone in lives like these.
NEVER_ALONE = {"use_over"}


def test_a_visitor_finds_one_of_everything_and_the_history_is_consistent(db):
    at = timezone.now()
    make_sample_company(at=at, people=12)

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
    assert not OutboxMessage.objects.filter(sent_at=None).exists()
