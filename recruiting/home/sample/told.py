"""What people were told of the last days. What is older was told and read long ago, and nothing is sent from here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from funnel.handoffs import receivers, reminding
from funnel.interviews import reminding as feedback
from funnel.offers import clocks
from recruiting.accounts.models import User
from recruiting.core import outbox
from recruiting.core.models import OutboxMessage
from recruiting.home.sample.world import Life, World
from recruiting.notices.models import Mail, Notice, Sending
from recruiting.notices.services import MAILS_KEPT

LATELY = timedelta(days=5)
EVERY = timedelta(hours=4)
UNREAD, NEW = 240, 2  # working minutes; and at least so many
TOPICS = ("handoff.", "interview.", "scorecard.", "offer.", "funnel.")  # what a notice may follow from


def lately(world: World) -> Life:
    """In the last days the sweeps run and people are told, as they would have been."""
    _were_told(world.now)
    while True:
        turn(world.now)
        yield world.now + EVERY


def turn(at: datetime) -> None:
    """One turn of the clocks, and everything that follows from it in the product: no letter and no chat."""
    reminding.remind(at=at)
    feedback.remind(at=at)
    clocks.remind(at)
    receivers.begin_stand_ins(at=at)
    receivers.end_stand_ins(at=at)
    while True:
        waiting = Q()
        for topic in TOPICS:
            waiting |= Q(topic__startswith=topic)
        OutboxMessage.objects.filter(~waiting, sent_at=None).update(sent_at=at)
        if not outbox.relay():
            return


def all_is_told(world: World) -> None:
    """Nothing is left to send: letters have left at their time, and what is older has been read."""
    turn(world.end)
    _were_told(world.end)
    OutboxMessage.objects.filter(created_at__lt=world.end - outbox.KEPT).delete()
    Mail.objects.filter(created_at__lt=world.end - MAILS_KEPT).delete()
    Mail.objects.update(state=Sending.SENT, sent_at=F("created_at"))
    for user in world.users.values():
        _has_read(world, user)


def _has_read(world: World, user: User) -> None:
    """Everybody looks now and then: what came in these hours is new to them, and the last two things are."""
    newest = list(Notice.objects.of(user).order_by("-at", "-pk").values_list("pk", "at")[:NEW])
    since = world.ago(user, UNREAD)
    old = Notice.objects.of(user).unread().filter(at__lt=since).exclude(pk__in=[pk for pk, _at in newest])
    old.update(read_at=F("at") + timedelta(hours=2))


def _were_told(at: datetime) -> None:
    OutboxMessage.objects.filter(sent_at=None).update(sent_at=at)
