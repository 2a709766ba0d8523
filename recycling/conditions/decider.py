"""decider: nobody who refused them is among the people who decide about the job now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.jobs.models import Job, JobSeat
from recycling.conditions.base import Finding, Kind, is_after, latest, latest_of
from recycling.conditions.pairs import no
from recycling.conditions.reach import reaches
from recycling.models import Condition, Refusal


def _of_who_refused() -> QuerySet[JobSeat]:
    """Deciding seats of the pair's job that are, or were, held by somebody who refused the pair's person."""
    refused = Refusal.objects.filter(candidate=OuterRef(OuterRef("candidate")), decider=OuterRef("user"))
    return JobSeat.objects.filter(Exists(refused), job=OuterRef("job"), is_decider=True)


class DeciderDiffers(Kind):
    """The fact is the job's newest decider: A, then B, then A again speaks once; a third person speaks anew."""

    key = "decider"
    fact = F("j_decider")
    # The job left changed its decider; another one may simply have opened since.
    since = Case(When(is_own=True, then=F("j_decider_since")), default=latest_of("j_decider_since", "j_opened_at"))

    def test(self, at: datetime) -> Q:
        return Q(j_decider__isnull=False) & ~Q(Exists(_of_who_refused().filter(until=None)))

    def news(self) -> Q:
        """Somebody new decides, who refused has left the seat, or another team's job has opened: after the exit."""
        went = _of_who_refused().filter(until__gt=OuterRef("entered_at"))
        return (
            Q(j_decider_since__gt=F("entered_at")) | Q(is_own=False, j_opened_at__gt=F("entered_at")) | Q(Exists(went))
        )

    def unmet(self, at: datetime) -> Q:
        """Within reach a refusal stays in the way as long as this condition itself does not pass."""
        return Q(is_within=True) & no(self.passes(at))

    def explain(self, condition: Condition, job: Job, at: datetime) -> Finding:
        decider = job.decider
        if decider is None:
            return Finding(False, _("Nobody decides about %(job)s yet.") % {"job": job})
        theirs = seats_of_who_refused(condition, job)
        still = theirs.filter(until=None)
        if still:
            names = _names(seat.user for seat in still)
            return Finding(False, _("%(name)s, who said no, still decides.") % {"name": names})
        moments = [job.decider_since, None if condition.left_job_id == job.pk else job.opened_at]
        went = theirs.filter(until__gt=condition.entered_at).exists()
        is_news = went or any(is_after(moment, condition.entered_at) for moment in moments)
        is_cool = condition.cool_until <= day_of(at)
        return Finding(
            is_news or is_cool,
            _("%(name)s decides now; nobody who said no does.") % {"name": decider},
            fact=decider.pk,
            since=latest(*moments),
            until=None if is_news or is_cool else condition.cool_until,
        )

    def waits_for(self, condition: Condition, at: datetime) -> tuple[str, date | None]:
        names = _names(who_refused(condition.candidate_id))
        text = _("Waits until somebody other than %(names)s decides.") % {"names": names or _("who said no")}
        if condition.cool_until <= day_of(at):
            return text, None
        day = words.full_day(condition.cool_until, get_language() or "en")
        return _("%(text)s A change of deciders counts at once; otherwise not before %(date)s.") % {
            "text": text,
            "date": day,
        }, None

    def stands_in_way(self, condition: Condition, job: Job, at: datetime) -> str:
        if not reaches(condition, job):
            return ""
        found = self.explain(condition, job, at)
        return "" if found.is_met else found.text


def seats_of_who_refused(condition: Condition, job: Job) -> QuerySet[JobSeat]:
    """The twin of _of_who_refused(): deciding seats of this job, past and present."""
    refused = who_refused(condition.candidate_id)
    return JobSeat.objects.filter(user__in=refused, job=job, is_decider=True).select_related("user")


def who_refused(candidate: int) -> QuerySet[User]:
    """Everybody who said no to this person, in any cycle."""
    return User.objects.filter(pk__in=Refusal.objects.filter(candidate=candidate).values("decider"))


def _names(users: Iterable[User]) -> str:
    return words.listed(dict.fromkeys(str(user) for user in users), get_language() or "en")
