"""An offer in the reader's words: its terms line by line with what they were before, where its pay lies, its state."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funnel.models import Offer, OfferState, OfferVersion
from funnel.offers.ending import BECAUSE
from funnel.offers.terms import position
from recruiting.core import words
from recruiting.jobs.models import Job

TONES = {
    OfferState.DRAFT: "plain",
    OfferState.WAITING: "warn",
    OfferState.APPROVED: "water",
    OfferState.EXTENDED: "water",
    OfferState.ACCEPTED: "return",
    OfferState.DECLINED: "exit",
    OfferState.EXPIRED: "exit",
    OfferState.RESCINDED: "plain",
}
# The drawing of a band is 100 wide; the band itself takes the middle, so that what lies outside has room.
BAND_FROM, BAND_TO, EDGE = 20.0, 80.0, 3.0


@dataclass(frozen=True)
class Term:
    """One line: what it is called, what it says, and what it said in the version before (empty: the same)."""

    label: str
    said: str
    was: str


def terms_in_words(version: OfferVersion, before: OfferVersion | None) -> list[Term]:
    """The lines of a version; those that changed say what they were. Pay comes with its period, in one line."""
    now = _said(version)
    then = _said(before) if before else now
    lines = [(label, now[name], then[name]) for name, label in _labels().items()]
    return [
        Term(label, said or words.MISSING, (was or words.MISSING) if was != said else "")
        for label, said, was in lines
        if said or was
    ]


def _labels() -> dict[str, str]:
    return {
        "pay": _("Base pay"),
        "starts_on": _("Starts on"),
        "place": _("Place"),
        "form": _("Form of work"),
        "note": _("Further terms"),
    }


def _said(version: OfferVersion) -> dict[str, str]:
    language = get_language() or "en"
    sum_ = words.money(version.amount, version.currency, language)
    return {
        "pay": f"{sum_} {version.get_period_display()}",
        "starts_on": words.full_day(version.starts_on, language),
        "place": version.place,
        "form": version.get_form_display(),
        "note": version.note,
    }


@dataclass(frozen=True)
class Band:
    """The job's band in words, where the offered pay lies in it, and where to draw it on a line of 100."""

    said: str
    position: str
    sentence: str
    mark: float
    begins: float = BAND_FROM
    ends: float = BAND_TO


def band_of(job: Job, version: OfferVersion) -> Band | None:
    """None where the job has no band, or one in another currency or period."""
    where = position(job, version)
    if not where:
        return None
    said = words.money_range(job.band_min, job.band_max, job.currency, get_language() or "en")
    sentences = {
        "within": _("Within the band"),
        "above": _("Above the band"),
        "below": _("Below the band"),
    }
    return Band(f"{said} {job.get_period_display()}", where, sentences[where], _mark(job, version))


def _mark(job: Job, version: OfferVersion) -> float:
    low = float(job.band_min if job.band_min is not None else version.amount)
    high = float(job.band_max if job.band_max is not None else version.amount)
    if high <= low:
        return {"above": 90.0, "below": 10.0}.get(position(job, version), 50.0)
    share = (float(version.amount) - low) / (high - low)
    return round(min(100 - EDGE, max(EDGE, BAND_FROM + share * (BAND_TO - BAND_FROM))), 1)


def why_in_words(offer: Offer) -> str:
    """The sentence somebody wrote, or why it ended by itself."""
    return str(BECAUSE.get(offer.why, offer.why)) if offer.state == OfferState.RESCINDED else ""
