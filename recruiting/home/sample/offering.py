"""The last stage: terms are drafted and approved, the offer goes out, and they answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from funnel.models import Application, Offer, OfferState
from funnel.offers.answering import accept_offer, expire, extend_offer, rescind_offer
from funnel.offers.approving import approve_offer, ask_approval, refuse_offer
from funnel.offers.drafting import draft_offer, revise_offer
from funnel.offers.terms import Terms
from funnel.services import move_to_step
from recruiting.accounts.models import User
from recruiting.core.days import day_of, plus_days, plus_months, start_of
from recruiting.home.sample import phrases
from recruiting.home.sample.leaving import fresh, goes_on, let_go, order_for, tell_them
from recruiting.home.sample.meetings import later_steps
from recruiting.home.sample.world import Life, World
from recruiting.jobs.models import OpeningState
from recycling.offers import decline_offer

ACCEPTS, RUNS_OUT = 0.7, 0.06
DECLINES_FOR = [("terms.pay", 40), ("interest.other_offer", 35), ("interest.stayed", 25)]
ANSWER_DAYS = 7
STEP = Decimal(100_000)


def an_offer(world: World, application: Application) -> Life:
    """From chosen to hired, or not: everything that happens in stage hire."""
    by = recruiter_of(application, world)
    yield world.soon(by, hours=6)
    application = fresh(application)
    if not goes_on(application):
        return
    if not has_seat(application):
        yield from tell_them(world, let_go(world, application, "capacity.filled"))
        return
    drafted = draft(world, application)
    yield from _approved(world, drafted)
    offer = again(drafted)
    if offer.state != OfferState.APPROVED:
        return
    yield world.soon(by, hours=2)
    application = next_step(world, application)
    offer = extend(world, again(offer), days=ANSWER_DAYS)
    yield from _answered(world, application, offer)


def _approved(world: World, offer: Offer) -> Life:
    """The approver says yes; now and then after a no."""
    approver, by = world.users["approver"], recruiter_of(offer.application, world)
    ask(world, offer)
    yield world.soon(approver, hours=3)
    if again(offer).state != OfferState.WAITING:
        return
    if world.chance(0.1):
        why = phrases.one_of(world.rng, phrases.OFFER_REFUSED, approver.language)
        refuse_offer(offer=again(offer), why=why, by=approver, at=world.now)
        yield world.soon(by, hours=3)
        terms = terms_for(world, offer.application, share=0.45)
        ask(world, revise_offer(offer=again(offer), terms=terms, by=by, at=world.now))
        yield world.soon(approver, hours=2)
        if again(offer).state != OfferState.WAITING:
            return
    approve(world, offer)


def _answered(world: World, application: Application, offer: Offer) -> Life:
    """They have a week: most say yes, some no, a few nothing at all."""
    if world.chance(RUNS_OUT):
        yield run_out_at(offer, world.now)
        runs_out(world, offer)
        yield world.days(2, 9)
        if goes_on(application := fresh(application)):
            yield from tell_them(world, let_go(world, application, "interest.other_offer"))
        return
    yield world.days(2, 6)
    application, offer = fresh(application), again(offer)
    if offer.state != OfferState.EXTENDED or not goes_on(application):
        return
    if world.chance(ACCEPTS):
        if not has_seat(application):
            take_back(world, offer)
            yield from tell_them(world, let_go(world, application, "capacity.filled"))
            return
        next_step(world, application)
        accept_offer(offer=again(offer), by=recruiter_of(application, world), at=world.now)
        return
    key = world.rng.choices([each for each, _weight in DECLINES_FOR], [weight for _each, weight in DECLINES_FOR])[0]
    order = order_for(world, application, key, side="they")
    exit = decline_offer(offer=offer, order=order, by=recruiter_of(application, world), at=world.now)
    yield from tell_them(world, exit)


# --- The single steps -------------------------------------------------------------------------------------------------


def draft(world: World, application: Application) -> Offer:
    terms = terms_for(world, application, share=world.rng.uniform(0.2, 0.9))
    return draft_offer(application=application, terms=terms, by=recruiter_of(application, world), at=world.now)


def terms_for(world: World, application: Application, *, share: float) -> Terms:
    """Somewhere in the job's band, in steps of a hundred thousand."""
    job = application.job
    low, high = job.band_min or Decimal(6_000_000), job.band_max or Decimal(9_000_000)
    amount = ((low + (high - low) * Decimal(str(round(share, 2)))) / STEP).quantize(Decimal(1)) * STEP
    by = recruiter_of(application, world)
    return Terms(
        amount=amount,
        starts_on=plus_months(world.today, world.rng.choice([2, 3])).replace(day=1),
        place=(job.places or ["Tokyo"])[0],
        note=phrases.one_of(world.rng, phrases.OFFER_NOTES, by.language) if world.chance(0.5) else "",
    )


def ask(world: World, offer: Offer) -> Offer:
    by, approver = recruiter_of(offer.application, world), world.users["approver"]
    return ask_approval(offer=again(offer), approvers=[approver], by=by, at=world.now)


def approve(world: World, offer: Offer) -> Offer:
    return approve_offer(offer=again(offer), by=world.users["approver"], at=world.now)


def runs_out(world: World, offer: Offer) -> None:
    expire(offer=again(offer), at=world.now)


def extend(world: World, offer: Offer, *, days: int) -> Offer:
    until = plus_days(world.today, days)
    return extend_offer(offer=offer, by=recruiter_of(offer.application, world), at=world.now, expires_on=until)


def take_back(world: World, offer: Offer) -> Offer:
    by = recruiter_of(offer.application, world)
    why = phrases.one_of(world.rng, phrases.OFFER_RESCINDED, by.language)
    return rescind_offer(offer=again(offer), why=why, by=by, at=world.now)


def run_out_at(offer: Offer, at: datetime) -> datetime:
    """When the sweep finds that nobody can say yes any more."""
    return start_of(plus_days(offer.expires_on or day_of(at), 1)) + timedelta(minutes=5)


def next_step(world: World, application: Application) -> Application:
    application = fresh(application)
    later = later_steps(application)
    if not later:
        return application
    return move_to_step(application=application, step=later[0], by=application.owner, at=world.now)


def has_seat(application: Application) -> bool:
    return application.job.openings.filter(state=OpeningState.OPEN).exists()


def recruiter_of(application: Application, world: World) -> User:
    return application.job.recruiter or world.users["recruiter"]


def again(offer: Offer) -> Offer:
    rows = Offer.objects.select_related("application__candidate", "application__owner", "application__job__recruiter")
    return rows.get(pk=offer.pk)
