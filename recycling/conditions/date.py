"""date: a day the person named, or that we computed, is near. For the job left no fit is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import DateTimeField, F, Q, Value
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruiting.core import words
from recruiting.core.days import day_of, start_of
from recruiting.jobs.models import Job
from recycling.conditions.base import Finding, Kind
from recycling.models import Condition


def last_due(at: datetime) -> date:
    """The latest day that is near enough today: whoever named it, or an earlier one, may be asked."""
    return day_of(at) + timedelta(days=settings.DATE_LEAD_DAYS)


def near_from(due_on: date) -> date:
    """The day from which a named one counts as near."""
    return due_on - timedelta(days=settings.DATE_LEAD_DAYS)


class DateReached(Kind):
    """The fact is the condition's own revision: the same date speaks once, a date that was moved speaks again."""

    key = "date"
    fact = F("revision")
    since = Value(None, DateTimeField())  # the engine takes the moment it saw it

    def test(self, at: datetime) -> Q:
        return Q(due_on__lte=last_due(at))

    def news(self) -> Q:
        return Q(due_on__isnull=False)  # a date they named passes by itself

    def unmet(self, at: datetime) -> Q:
        """A day that is still far travels with the person: it holds for every job."""
        return Q(due_on__gt=last_due(at))

    def explain(self, condition: Condition, job: Job, at: datetime) -> Finding:
        text, until = self.waits_for(condition, at)
        is_met = condition.due_on is not None and condition.due_on <= last_due(at)
        since = start_of(near_from(condition.due_on)) if condition.due_on else None
        return Finding(is_met, text, fact=condition.revision, since=since, until=until)

    def waits_for(self, condition: Condition, at: datetime) -> tuple[str, date | None]:
        due_on = condition.due_on
        if due_on is None:
            return _("No date is recorded."), None
        named = {"date": words.full_day(due_on, get_language() or "en")}
        if due_on <= day_of(at):
            return _("The date, %(date)s, has passed.") % named, None
        days = (due_on - day_of(at)).days
        text = ngettext("The date is %(date)s, in %(days)s day.", "The date is %(date)s, in %(days)s days.", days)
        return text % {**named, "days": days}, near_from(due_on)

    def stands_in_way(self, condition: Condition, job: Job, at: datetime) -> str:
        if condition.due_on is None or condition.due_on <= last_due(at):
            return ""
        return self.waits_for(condition, at)[0]
