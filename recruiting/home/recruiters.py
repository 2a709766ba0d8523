"""What waits for somebody who recruits. Each source is one query, however much waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from funnel.forgotten import forgotten_by
from funnel.models import Application, Outcome
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.days import day_of, start_of
from recruiting.home.lines import WEEK, Line
from recruiting.jobs.models import Job, JobState, Opening, OpeningState
from recycling.desk.cards import Chosen, cards, entries_to_review, rows_of
from recycling.models import Condition, Exit, PoolEntry, Proposal
from recycling.models.exits import Told

MOST = 60  # lines of one source
NAMED = 3  # forgotten cards that stand alone


def link(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return "/"


def person_url(candidate: Candidate) -> str:
    return link("recycling:person", candidate.public_id)


def proposals_waiting(user: User, at: datetime) -> list[Line]:
    """Cards on my desk, and those I accepted and have not asked yet."""
    mine = list(cards(user, Chosen("mine"), at).order_by("-created_at")[:MOST])
    lines = [
        Line(
            "eddy",
            _("Could come back: %(why)s · %(job)s") % {"why": row.why.said, "job": row.card.job},
            f"{link('recycling:returns')}?p={row.card.pk}",
            _("Review"),
            day_of(at),
            person=row.card.candidate,
            show_due=False,
        )
        for row in rows_of(mine, "mine", at)
    ]
    unasked = Proposal.objects.filter(asker=user, state="accepted", asked_at=None)
    return lines + [
        Line(
            "message-square",
            _("To be asked to come back · %(job)s") % {"job": proposal.job},
            f"{link('recycling:returns')}?tab=asked&p={proposal.pk}",
            _("Ask"),
            day_of(proposal.decided_at or at),
            person=proposal.candidate,
        )
        for proposal in unasked.select_related("candidate", "job")[:MOST]
    ]


def not_told_yet(user: User, at: datetime) -> list[Line]:
    """Who left by my hand and does not know."""
    exits = Exit.objects.filter(exited_by=user, told=Told.NOT_YET, undone_at=None)  # exits_not_told_yet
    return [
        Line(
            "mail",
            _("Left %(job)s and has not been told") % {"job": each.job},
            link("recycling:tell", each.pk),
            _("Tell"),
            day_of(each.exited_at or each.created_at),
            person=each.candidate,
            is_dialog=True,
        )
        for each in exits.select_related("candidate", "job").order_by("pk")[:MOST]
    ]


def holds_ending(user: User, at: datetime) -> list[Line]:
    held = Application.objects.filter(owner=user, outcome=Outcome.ON_HOLD, hold_until__lte=day_of(at) + WEEK)
    return [
        Line(
            "pause",
            _("The hold ends: %(why)s · %(job)s") % {"why": each.hold_reason, "job": each.job},
            person_url(each.candidate),
            _("Decide"),
            each.hold_until,
            person=each.candidate,
        )
        for each in held.select_related("candidate", "job").order_by("hold_until")[:MOST]
        if each.hold_until is not None
    ]


def next_actions(user: User, at: datetime) -> list[Line]:
    """What I said I would do, on a card or about a person."""
    last = day_of(at) + WEEK
    mine = Application.objects.live().filter(owner=user, next_action_on__lte=last)  # application_on_a_desk
    on_cards = mine.select_related("candidate", "job").order_by("next_action_on")[:MOST]
    people = Candidate.objects.visible_to(user).filter(owner=user, next_action_on__lte=last).exclude(next_action="")
    lines = [(each.candidate, f"{each.next_action} · {each.job}", each.next_action_on) for each in on_cards]
    lines += [(each, each.next_action, each.next_action_on) for each in people.order_by("next_action_on")[:MOST]]
    return [
        Line("calendar-clock", said, person_url(person), pgettext("verb", "Open"), due_on, person=person)
        for person, said, due_on in lines
        if due_on is not None
    ]


def forgotten(user: User, at: datetime) -> list[Line]:
    """Cards of mine without movement, hold or contact for too long, and with nothing planned.

    The first of them by name; the others as one line with their number, so that they bury nothing else.
    """
    cards = list(forgotten_by(user, at).select_related("candidate", "job").order_by("last_moved_at")[: MOST + 1])
    lines = [
        Line(
            "hourglass",
            _("Nothing has happened: next action, hold, or let go · %(job)s") % {"job": each.job},
            f"{link('funnel:plan_forgotten')}?application={each.pk}",
            _("Decide"),
            day_of(each.last_moved_at),
            person=each.candidate,
            is_dialog=True,
        )
        for each in cards[:NAMED]
    ]
    more = len(cards) - NAMED
    if more > 0:
        url, oldest = link("funnel:forgotten"), day_of(cards[NAMED].last_moved_at)
        who = ngettext("%(count)s more card", "%(count)s more cards", more) % {
            "count": f"{MOST}+" if more > MOST else more
        }
        said = _("Nothing has happened with them either: decide about several at once")
        lines.append(Line("hourglass", said, url, _("Look"), oldest, who=who, show_due=False))
    return lines


def job_questions(user: User, at: datetime) -> list[Line]:
    """Jobs of mine with a question: the last opening is filled, or it has stood still too long."""
    unfilled = Opening.objects.filter(job=OuterRef("pk"), state__in=[OpeningState.OPEN, OpeningState.ASKED])
    filled = Opening.objects.filter(job=OuterRef("pk"), state=OpeningState.FILLED)
    jobs = Job.objects.filter(recruiter=user)
    done = jobs.filter(Exists(filled), ~Exists(unfilled), state=JobState.OPEN)
    held_since = at - timedelta(days=settings.JOB_ON_HOLD_ASK_DAYS)
    held = jobs.filter(state=JobState.ON_HOLD, held_at__lt=held_since)
    return [
        Line(
            "briefcase",
            _("The last opening is filled. Is the job?"),
            link("recycling:ask_close_job", job.pk),
            _("Answer"),
            day_of(at),
            job=job,
            is_dialog=True,
            show_due=False,
        )
        for job in done[:MOST]
    ] + [
        Line(
            "pause",
            _("On hold for more than %(days)s days: let its people rest?") % {"days": settings.JOB_ON_HOLD_ASK_DAYS},
            link("recycling:ask_rest_job", job.pk),
            _("Answer"),
            day_of(job.held_at or at),
            job=job,
            is_dialog=True,
        )
        for job in held[:MOST]
    ]


def reviews_due(user: User, at: datetime) -> int:
    return entries_to_review(user, Chosen("reviews"), at).order_by()[: MOST + 1].count()


def resting_due(user: User, at: datetime) -> QuerySet[PoolEntry]:
    """Whom I keep in touch with, and whose day comes within a week: a named date, or their review."""
    today = day_of(at)
    lead = today + timedelta(days=settings.DATE_LEAD_DAYS)
    named = Condition.objects.filter(entry=OuterRef("pk"), kind="date", due_on__gt=lead, due_on__lte=lead + WEEK)
    soon = Q(review_on__gt=today, review_on__lte=today + WEEK) | Exists(named)
    mine = PoolEntry.objects.visible_to(user).filter(soon, keeper=user, state="resting")
    return mine.select_related("candidate", "reason", "left__job").order_by("review_on")[:6]


def my_jobs(user: User) -> QuerySet[Job]:
    """The jobs I recruit for, with how many people are in them."""
    live = Count("applications", filter=Q(applications__outcome__in=["active", "on_hold"]))
    jobs = Job.objects.filter(recruiter=user, state__in=[JobState.OPEN, JobState.ON_HOLD])
    return jobs.annotate(people=live).order_by("-people", "title")[:10]


def people_since(user: User, at: datetime) -> tuple[int, int]:
    """How many I let go in thirty days, and how many came back to me."""
    since = start_of(day_of(at)) - timedelta(days=30)
    left = Exit.objects.filter(exited_by=user, undone_at=None, exited_at__gte=since).exclude(klass="A").count()
    back = Application.objects.filter(owner=user, previous__isnull=False, entered_at__gte=since).count()
    return left, back
