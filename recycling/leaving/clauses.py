"""The clauses of the consequence sentence: when a reason is out of the way, and whether it is.

Translators: those of CLAUSES_WHEN complete "is proposed again when …"; those of CLAUSES_WHETHER "somebody looks
whether …".
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from recruiting.core import words
from recycling.leaving.filing import Term
from recycling.leaving.orders import ExitOrder, Failed


def clause(term: Term, order: ExitOrder) -> str:
    """One reason's clause, with its own day, skill, name or sum in it."""
    if term.kind in _WHEN:
        return _WHEN[term.kind](term, order)
    if term.reason.key == "terms.pay" and order.pay_floor is not None:
        sum_ = words.money(order.pay_floor, order.pay_currency, get_language() or "en")
        return _("a job in reach covers {floor}").format(floor=sum_)
    return str(_WHETHER.get(term.reason.key, _STILL))


def _date(term: Term, order: ExitOrder) -> str:
    lead = settings.DATE_LEAD_DAYS
    day = words.full_day(term.due_on, get_language() or "en") if term.due_on else words.MISSING
    return ngettext("%(lead)s day is left to %(day)s", "%(lead)s days are left to %(day)s", lead) % {
        "lead": lead,
        "day": day,
    }


def _skill(term: Term, order: ExitOrder) -> str:
    skills = words.listed(map(_level, order.failed), get_language() or "en") or words.MISSING
    return _("{skill} is evidenced or a job in reach does not ask for it").format(skill=skills)


def _level(failed: Failed) -> str:
    if failed.skill is None:
        return failed.term
    level = failed.skill.level_label(failed.level)
    return f"{failed.skill.name} ({level})" if level else failed.skill.name


def _decider(term: Term, order: ExitOrder) -> str:
    names = words.listed((user.name for user in order.refused_by), get_language() or "en") or words.MISSING
    return _("somebody other than {names} decides").format(names=names)


def _opening(term: Term, order: ExitOrder) -> str:
    if term.reason.reach == "higher":
        return _("a job of a higher level opens")
    if term.reason.reach == "own":
        return _("this job is approved")
    return _("this job, or one of the same family and level, has an opening again")


_WHEN: dict[str, Callable[[Term, ExitOrder], str]] = {
    "date": _date,
    "skill": _skill,
    "decider": _decider,
    "opening": _opening,
}

_STILL = gettext_lazy("the reason still holds")
_WHETHER: dict[str, str | Promise] = {
    "timing.tenure": gettext_lazy("they have moved on, or have been there long enough"),
    "timing.permit": gettext_lazy("the permit is there, or a job sponsors one"),
    "skill.experience": gettext_lazy("the years have come, or a job asks for fewer"),
    "skill.interview": gettext_lazy("another interview makes sense"),
    "terms.pay": gettext_lazy("a job in reach covers what they need"),
    "terms.place": gettext_lazy("the place of a job in reach suits them"),
    "terms.hours": gettext_lazy("a job in reach has the form of work they look for"),
    "interest.other_offer": gettext_lazy("the new place still suits them"),
    "interest.role": gettext_lazy("there is a job of the kind they named"),
    "interest.withdrew": gettext_lazy("they are interested again"),
    "process.slow": gettext_lazy("what was slow or unclear has been mended"),
    "process.no_reply": gettext_lazy("they can be reached again"),
    "process.no_show": gettext_lazy("another try makes sense"),
    "fit.values": gettext_lazy("another team sees it otherwise"),
    "fit.far": gettext_lazy("their profile has changed"),
}
