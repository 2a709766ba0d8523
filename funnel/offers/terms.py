"""The terms of an offer as they are typed and compared: no table is written here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.utils.translation import gettext as _

from funnel.models import OfferVersion
from recruiting.core.days import plus_days
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from recruiting.terms import Form, PayPeriod

FURTHEST_START_DAYS = 3 * 366  # a slip of the year, not a rule of the trade
MOST = Decimal(10) ** 12  # what the column holds
_FIGURE = re.compile(r"[¥$€£\s,_]")
_UNITS = (("万円", 10_000), ("万", 10_000), ("円", 1), ("m", 1_000_000), ("k", 1_000))
NAMES = ("amount", "currency", "period", "starts_on", "place", "form", "note")


@dataclass(frozen=True)
class Terms:
    """What we offer: base pay for a period, from when, where, in which form, and what else is agreed."""

    amount: Decimal
    starts_on: date
    currency: str = "JPY"
    period: str = PayPeriod.YEAR.value
    place: str = ""
    form: str = Form.FULL_TIME.value
    note: str = ""

    def columns(self) -> dict[str, Any]:
        return asdict(self)


def terms_of(version: OfferVersion) -> Terms:
    """A version's terms, to be compared or to start the next one from."""
    return Terms(**{name: getattr(version, name) for name in NAMES})


def check(terms: Terms, today: date) -> None:
    """Refuse terms that nobody can offer."""
    if not 0 < terms.amount < MOST:
        raise Refused(_("The pay is a sum above nought."), "invalid")
    if len(terms.currency) != 3 or not terms.currency.isalpha():
        raise Refused(_("A currency has three letters, as JPY."), "invalid")
    if terms.starts_on < today:
        raise Refused(_("The start lies in the past. Name a day to come."), "starts_on")
    if terms.starts_on > plus_days(today, FURTHEST_START_DAYS):
        raise Refused(_("The start lies years ahead. Look at the year."), "starts_on")


def position(job: Job, terms: Terms | OfferVersion) -> Literal["within", "above", "below", ""]:
    """Where the pay lies in the job's band; empty where there is none, or in another currency or period."""
    if (job.band_min is None and job.band_max is None) or (job.currency, job.period) != (terms.currency, terms.period):
        return ""
    if job.band_max is not None and terms.amount > job.band_max:
        return "above"
    return "below" if job.band_min is not None and terms.amount < job.band_min else "within"


def is_outside_band(job: Job, terms: Terms | OfferVersion) -> bool:
    return position(job, terms) in ("above", "below")


def changed(before: Terms | OfferVersion, after: Terms | OfferVersion) -> list[str]:
    """The names of the terms that differ."""
    return [name for name in NAMES if getattr(before, name) != getattr(after, name)]


def read_amount(text: str) -> Decimal | None:
    """A sum as people write it: 9,800,000, 980万, 9.8M, full width too. None where it is no sum."""
    plain = _FIGURE.sub("", unicodedata.normalize("NFKC", text)).lower()
    times = 1
    for unit, worth in _UNITS:
        if plain.endswith(unit):
            plain, times = plain.removesuffix(unit), worth
            break
    try:
        sum_ = Decimal(plain) * times
    except InvalidOperation:
        return None
    return sum_.quantize(Decimal("0.01")) if sum_.is_finite() and abs(sum_) < MOST else None
