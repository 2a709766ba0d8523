"""opening: a seat. The same job resumed or approved anew, or one in reach that is open."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recycling.conditions.base import Finding, Kind, is_after
from recycling.conditions.reach import Reach
from recycling.models import Condition


class OpeningApproved(Kind):
    """The fact is the opening. The job left must have opened, resumed or got a seat after they left it; whoever was
    too senior for a job is not drawn back to it, nor to its level.
    """

    key = "opening"
    fact = F("j_opening")
    since = F("j_opened_at")

    def test(self, at: datetime) -> Q:
        own = Q(is_own=True) & ~Q(reach=Reach.HIGHER) & self.news()
        return Q(j_opening__isnull=False) & (Q(is_own=False) | own)

    def news(self) -> Q:
        return Q(j_opened_at__gt=F("entered_at"))

    def unmet(self, at: datetime) -> Q:
        """A seat here does not help who left this job and nothing opened since, nor who is too senior for it."""
        senior = Q(reach=Reach.HIGHER) & (Q(is_own=True) | Q(family=F("j_family"), j_rank__lte=F("rank")))
        return senior | Q(is_own=True, j_opened_at__lte=F("entered_at"))

    def explain(self, condition: Condition, job: Job, at: datetime) -> Finding:
        is_own = condition.left_job_id == job.pk
        is_news = is_after(job.opened_at, condition.entered_at)
        is_met = job.current_opening_id is not None and (not is_own or (condition.reach != Reach.HIGHER and is_news))
        is_cool = condition.cool_until <= day_of(at)
        if not is_met:
            return Finding(False, self.waits_for(condition, at)[0])
        text = _("%(job)s is open again.") % {"job": job} if is_own else _("%(job)s has an opening.") % {"job": job}
        return Finding(
            is_news or is_cool,
            text,
            fact=job.current_opening_id or 0,
            since=job.opened_at,
            until=None if is_news or is_cool else condition.cool_until,
        )

    def waits_for(self, condition: Condition, at: datetime) -> tuple[str, date | None]:
        own = {"job": condition.left_job} if condition.left_job else None
        if condition.reach == Reach.HIGHER:
            return _("Waits for an opening at a higher level of the same family."), None
        if condition.reach == Reach.OWN and own:
            return _("Waits until %(job)s opens.") % own, None
        if own:
            return _("Waits until %(job)s opens again, or for an opening in reach.") % own, None
        return _("Waits for an opening in reach."), None

    def stands_in_way(self, condition: Condition, job: Job, at: datetime) -> str:
        is_own = condition.left_job_id == job.pk
        if condition.reach == Reach.HIGHER and (is_own or _is_no_higher(condition, job)):
            return _("They were too senior for this level.")
        if is_own and job.opened_at is not None and job.opened_at <= condition.entered_at:
            return _("Nothing has opened here since they left.")
        return ""


def _is_no_higher(condition: Condition, job: Job) -> bool:
    if condition.family_id is None or condition.family_id != job.family_id:
        return False
    return condition.rank is not None and job.level_id is not None and job.level_id <= condition.rank
