"""What the funnel tells people: one kind per thing they may want to hear of in another way, and its words.

A title names who, the person and the job, and no more: it goes into mails and chats. No pay and no judgement is in any
of them; what somebody wrote about a person is `inside`.
"""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from recruiting.notices.kinds import About, Group, Kind, Said, register, when
from recruiting.notices.models import Way

HANDOFFS = Group("handoffs", lazy("Handoffs"))
INTERVIEWS = Group("interviews", lazy("Interviews"))
OFFERS = Group("offers", lazy("Offers"))


def _due(about: About) -> str:
    return _("Due %(due)s.") % {"due": when(about["due"])} if about.get("due") else ""


def _since(about: About) -> str:
    return _("It was due %(due)s.") % {"due": when(about["due"])} if about.get("due") else ""


# --- Handoffs ---------------------------------------------------------------------------------------------------------


def _offered(about: About) -> Said:
    titles = {
        "again": _("%(from)s offers you %(name)s for %(job)s again."),
        "reassigned": _("%(by)s gave you %(name)s for %(job)s, offered by %(from)s."),
        "reopened": _("%(name)s for %(job)s waits for your answer again."),
    }
    usual = _("%(from)s offers you %(name)s for %(job)s.")
    return Said(titles.get(about["what"], usual) % about, _due(about))


def _returned(about: About) -> Said:
    inside = about.get("why", "")
    failed = about.get("failed_ja" if (get_language() or "en").startswith("ja") else "failed_en", "")
    if failed:
        inside = _("“%(criterion)s”: %(why)s") % {"criterion": failed, "why": inside}
    return Said(_("%(by)s returned %(name)s for %(job)s.") % about, _due(about), inside)


def _accepted(about: About) -> Said:
    return Said(_("%(by)s accepted %(name)s for %(job)s.") % about)


def _decided(about: About) -> Said:
    return Said(_("%(by)s let %(name)s go for %(job)s.") % about)


def _clock(about: About) -> Said:
    titles = {
        "warned": _("%(name)s for %(job)s waits for your answer."),
        "missed": _("%(name)s for %(job)s still waits for your answer."),
        "back_warned": _("%(name)s for %(job)s came back to you and waits."),
        "back_missed": _("%(name)s for %(job)s came back to you and still waits."),
    }
    body = _since(about) if about["what"].endswith("missed") else _due(about)
    return Said(titles[about["what"]] % about, body)


def _escalated(about: About) -> Said:
    titles = {
        "missed": _("%(late)s has not answered about %(name)s for %(job)s."),
        "back_missed": _("%(late)s has done nothing about %(name)s for %(job)s, who came back."),
    }
    return Said(titles[about["what"]] % about, _since(about))


def _lead_asked(about: About) -> Said:
    return Said(
        _("%(name)s for %(job)s was returned again: it is for you to settle.") % about,
        _("%(from)s offered the card, %(to)s returned it.") % about,
    )


def _changed(about: About) -> Said:
    titles = {
        "withdrawn": _("%(by)s withdrew the offer of %(name)s for %(job)s."),
        "withdrawn_itself": _("The offer of %(name)s for %(job)s was withdrawn."),
        "reassigned": _("%(by)s gave %(name)s for %(job)s to %(to)s."),
        "undone": _("%(by)s took back the answer about %(name)s for %(job)s."),
    }
    return Said(titles[about["what"]] % about)


OFFERED = register(
    Kind("handoff.offered", lazy("A card is offered to me"), HANDOFFS, _offered, True, Way.AT_ONCE, Way.AT_ONCE)
)
RETURNED = register(
    Kind("handoff.returned", lazy("A card I offered came back"), HANDOFFS, _returned, True, Way.AT_ONCE, Way.AT_ONCE)
)
CLOCK = register(
    Kind("handoff.clock", lazy("A handoff on my desk runs late"), HANDOFFS, _clock, True, Way.AT_ONCE, Way.AT_ONCE)
)
ACCEPTED = register(Kind("handoff.accepted", lazy("A card I offered was accepted"), HANDOFFS, _accepted))
DECIDED = register(
    Kind("handoff.decided", lazy("Somebody I offered was let go"), HANDOFFS, _decided, default_mail=Way.AT_ONCE)
)
CHANGED = register(
    Kind("handoff.changed", lazy("An offer was withdrawn, given on, or its answer taken back"), HANDOFFS, _changed)
)
ESCALATED = register(
    Kind("handoff.escalated", lazy("A handoff is late on another desk"), HANDOFFS, _escalated, default_mail=Way.AT_ONCE)
)
LEAD_ASKED = register(
    Kind(
        "handoff.lead_asked",
        lazy("A card came back so often that I settle it"),
        HANDOFFS,
        _lead_asked,
        True,
        Way.AT_ONCE,
    )
)


# --- Interviews -------------------------------------------------------------------------------------------------------


def _interview(about: About) -> Said:
    titles = {
        "planned": _("You meet %(name)s for %(job)s."),
        "changed": _("Your interview with %(name)s for %(job)s changed."),
        "cancelled": _("Your interview with %(name)s for %(job)s is cancelled."),
        "missed": _("%(name)s did not come to the interview for %(job)s."),
        "reopened": _("Your interview with %(name)s for %(job)s takes place after all."),
    }
    says_when = about["what"] in {"planned", "changed", "reopened"}
    body = _("It starts %(start)s.") % {"start": when(about["start"])} if says_when and about.get("start") else ""
    return Said(titles[about["what"]] % about, body)


def _scorecard_asked(about: About) -> Said:
    is_missed = about["what"] == "missed"
    titles = {
        True: _("Your scorecard about %(name)s for %(job)s is late."),
        False: _("Your scorecard about %(name)s for %(job)s is awaited."),
    }
    return Said(titles[is_missed] % about, _since(about) if is_missed else _due(about))


def _scorecard_late(about: About) -> Said:
    return Said(_("The scorecard of %(late)s about %(name)s for %(job)s is late.") % about, _since(about))


def _scorecard_in(about: About) -> Said:
    return Said(_("%(by)s handed in a scorecard about %(name)s for %(job)s.") % about)


def _unplanned(about: About) -> Said:
    is_missed = about["what"] == "missed"
    titles = {
        True: _("No interview is planned with %(name)s for %(job)s, and it is late."),
        False: _("No interview is planned yet with %(name)s for %(job)s."),
    }
    return Said(titles[is_missed] % about, _since(about) if is_missed else _due(about))


INTERVIEW = register(
    Kind(
        "interview.mine",
        lazy("An interview of mine is planned, moved or cancelled (the invitation itself always comes)"),
        INTERVIEWS,
        _interview,
        default_mail=Way.OFF,
    )
)
SCORECARD_ASKED = register(
    Kind("scorecard.asked", lazy("My scorecard is awaited"), INTERVIEWS, _scorecard_asked, default_mail=Way.AT_ONCE)
)
SCORECARD_LATE = register(Kind("scorecard.late", lazy("Somebody's scorecard is late"), INTERVIEWS, _scorecard_late))
SCORECARD_IN = register(Kind("scorecard.in", lazy("A scorecard is in"), INTERVIEWS, _scorecard_in))
UNPLANNED = register(Kind("interview.unplanned", lazy("An interview waits to be planned"), INTERVIEWS, _unplanned))


# --- Offers -----------------------------------------------------------------------------------------------------------


def _approval_asked(about: About) -> Said:
    return Said(_("An offer to %(name)s for %(job)s waits for your approval.") % about, _due(about))


def _approved(about: About) -> Said:
    return Said(_("The offer to %(name)s for %(job)s is approved and can go out.") % about, _due(about))


def _refused(about: About) -> Said:
    return Said(_("%(by)s sent the offer to %(name)s for %(job)s back.") % about)


def _offer_clock(about: About) -> Said:
    titles = {
        "approval": _("An offer to %(name)s for %(job)s still waits for your approval."),
        "extend": _("The approved offer to %(name)s for %(job)s has not gone out."),
        "other": _("The offer to %(name)s for %(job)s waits for the approval of %(late)s."),
    }
    return Said(titles[about["what"]] % about, _since(about) if about.get("is_missed") else _due(about))


def _answered(about: About) -> Said:
    titles = {
        "extended": _("%(name)s has our offer for %(job)s."),
        "accepted": _("%(name)s accepted our offer for %(job)s."),
        "declined": _("%(name)s declined our offer for %(job)s."),
        "expired": _("Our offer to %(name)s for %(job)s ran out without an answer."),
        "rescinded": _("The offer to %(name)s for %(job)s was taken back."),
    }
    return Said(titles[about["what"]] % about)


APPROVAL_ASKED = register(
    Kind(
        "offer.approval",
        lazy("An offer waits for my approval"),
        OFFERS,
        _approval_asked,
        True,
        Way.AT_ONCE,
        Way.AT_ONCE,
    )
)
APPROVED = register(
    Kind("offer.approved", lazy("An offer of mine is approved"), OFFERS, _approved, default_mail=Way.AT_ONCE)
)
REFUSED = register(
    Kind("offer.refused", lazy("An approver sent an offer of mine back"), OFFERS, _refused, default_mail=Way.AT_ONCE)
)
OFFER_CLOCK = register(
    Kind("offer.clock", lazy("An offer waits too long"), OFFERS, _offer_clock, default_mail=Way.AT_ONCE)
)
ANSWERED = register(
    Kind("offer.answered", lazy("An offer went out, was answered, ran out or was taken back"), OFFERS, _answered)
)
