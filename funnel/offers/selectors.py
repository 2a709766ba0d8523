"""Reading offers: one person's, whose turn it is, what waits for whom. Everything goes through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from funnel.models import Application, Approval, Offer, OfferApproval, OfferState, OfferVersion, Outcome
from funnel.models.offers import OfferQuerySet
from funnel.offers.approvers import APPROVE_OFFER, may_answer
from funnel.offers.changing import WITH_PEOPLE
from funnel.offers.terms import changed
from funnel.offers.wording import TONES, Band, Term, band_of, terms_in_words, why_in_words
from recruiting.accounts.models import Absence, User
from recruiting.core.days import day_of, plus_days
from recruiting.jobs.models import JobSeat
from recruiting.jobs.stages import Stage

SOON_DAYS = 2  # an answer that is due within so many days is the recruiter's to ask for


@dataclass(frozen=True)
class Written:
    """One version: what it says, what of it differs from the one before, and the words given about it."""

    version: OfferVersion
    before: OfferVersion | None
    changed: list[str]
    approvals: list[OfferApproval]

    @property
    def terms(self) -> list[Term]:
        return terms_in_words(self.version, self.before)

    @property
    def differences(self) -> list[Term]:
        """Only the lines that say something else than the version before."""
        return [term for term in self.terms if term.was]


@dataclass(frozen=True)
class Read:
    """An offer as its page shows it, newest version first."""

    offer: Offer
    versions: list[Written]
    turn: OfferApproval | None
    may_answer: bool
    seen: str

    @property
    def now(self) -> OfferVersion:
        return self.versions[0].version

    @property
    def approvals(self) -> list[OfferApproval]:
        return self.versions[0].approvals

    @property
    def band(self) -> Band | None:
        return band_of(self.offer.job, self.now)

    @property
    def tone(self) -> str:
        return TONES[OfferState(self.offer.state)]

    @property
    def why(self) -> str:
        return why_in_words(self.offer)

    @property
    def refused(self) -> OfferApproval | None:
        """The no that sent the terms that stand back to draft."""
        if self.offer.state != OfferState.DRAFT or not self.approvals:
            return None
        last = self.approvals[-1]
        return last if last.state == Approval.REFUSED else None


def offers_of(application: Application, user: User, at: datetime) -> list[Read]:
    """Every offer made to them for this job, the newest first."""
    rows = with_words(Offer.objects.visible_to(user).filter(application=application))
    return [read(offer, user, at) for offer in rows.order_by("-pk")]  # offers_of_an_application


def with_words(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """With everything a page says about them."""
    versions = Prefetch("versions", OfferVersion.objects.select_related("by"))
    approvals = Prefetch("approvals", OfferApproval.objects.select_related("approver", "by"))
    return rows.select_related(*WITH_PEOPLE, "resolved_by").prefetch_related(versions, approvals)


def read(offer: Offer, user: User, at: datetime) -> Read:
    """`offer` comes from with_words()."""
    versions, approvals = list(offer.versions.all()), list(offer.approvals.all())
    written = []
    for place, version in enumerate(versions):
        before = versions[place - 1] if place else None
        words = [each for each in approvals if each.number == version.number]
        written.append(Written(version, before, changed(before, version) if before else [], words))
    written.reverse()
    turn = next((each for each in written[0].approvals if each.state == Approval.WAITING), None)
    turn = turn if offer.state == OfferState.WAITING else None
    seen = f"{offer.state}.{offer.version}.{offer.expires_on or ''}.{turn.pk if turn else ''}"
    return Read(offer, written, turn, turn is not None and may_answer(offer, turn, user, at), seen)


def listed(user: User) -> OfferQuerySet:
    """Everything this person may look through, with the words that are awaited."""
    rows: OfferQuerySet = Offer.objects.visible_to(user).select_related(*WITH_PEOPLE)
    return rows.prefetch_related(
        Prefetch("approvals", OfferApproval.objects.filter(state=Approval.WAITING).select_related("approver"))
    )


def approvals_waiting(user: User, at: datetime) -> QuerySet[Offer]:
    """Offers that wait for this person's word, in their own name or for somebody they stand in for; soonest first."""
    if not user.has_perm(APPROVE_OFFER):
        return Offer.objects.none()
    turn = OfferApproval.objects.filter(offer=OuterRef("pk"), number=OuterRef("version"), state=Approval.WAITING)
    away = Absence.objects.on(day_of(at)).filter(deputy=user).values("user")
    deputy = JobSeat.objects.filter(job=OuterRef("job"), user=user, until=None, deputy_for=OuterRef("whose"))
    wrote = OfferVersion.objects.filter(offer=OuterRef("pk"), number=OuterRef("version"), by=user)
    rows = Offer.objects.visible_to(user).filter(state=OfferState.WAITING)
    rows = rows.annotate(whose=Subquery(turn.order_by("position").values("approver")[:1]))
    mine = rows.filter(Q(whose=user.pk) | Q(whose__in=away) | Q(Exists(deputy)))
    theirs = mine.exclude(created_by=user).filter(~Exists(wrote))
    return theirs.select_related(*WITH_PEOPLE).order_by(F("miss_at").asc(nulls_last=True), "pk")


def offers_to_act_on(user: User, at: datetime) -> QuerySet[Offer]:
    """A recruiter's next steps: drafts to ask about, approved ones to extend, answers nearly due, and what ran out.

    What ran out stays until the person leaves or has a new offer.
    """
    if not user.has_perm("funnel.make_offer"):
        return Offer.objects.none()
    mine = Q(application__owner=user) | Q(application__owner=None, job__recruiter=user)
    newer = Offer.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    still_here = Q(application__outcome=Outcome.ACTIVE, application__stage=Stage.HIRE)
    wanted = (
        Q(state__in=[OfferState.DRAFT, OfferState.APPROVED])
        | Q(state=OfferState.EXTENDED, expires_on__lte=plus_days(day_of(at), SOON_DAYS))
        | Q(state=OfferState.EXPIRED) & still_here & ~Q(Exists(newer))
    )
    rows = Offer.objects.visible_to(user).filter(mine & wanted)
    return rows.select_related(*WITH_PEOPLE).order_by(F("miss_at").asc(nulls_last=True), "expires_on", "pk")
