"""What a gate may say: its clocks, its seats, and one line of its checklist."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from recruiting.core.refused import Refused
from recruiting.jobs.gates import attributes_of
from recruiting.jobs.models import Attribute, Criterion, Gate, Proof, Seat, Weight
from recruiting.skills.levels import is_level
from recruiting.skills.models import Skill

LONGEST = 80  # working hours: two weeks
SENDERS = (Seat.SOURCER, Seat.RECRUITER, Seat.HIRING_MANAGER, Seat.FINAL_DECIDER)
RECEIVERS = (Seat.RECRUITER, Seat.HIRING_MANAGER, Seat.FINAL_DECIDER, Seat.APPROVER)
LINE = ("text_en", "text_ja", "weight", "proof", "skill", "level", "attribute", "is_about_pay")


def demand_clock(warn: int | None, miss: int | None) -> None:
    if not warn or not miss or not 0 < warn < miss <= LONGEST:
        raise Refused(
            _("The warning comes before it is due, and it is due within %(hours)s working hours at most.")
            % {"hours": LONGEST},
            code="invalid",
        )


def demand_seats(sender: str, receiver: str) -> None:
    if sender not in SENDERS:
        raise Refused(_("This seat offers nobody. Choose another one for who offers."), code="invalid")
    if receiver not in RECEIVERS:
        raise Refused(_("This seat accepts nobody. Choose another one for who accepts."), code="invalid")


def clean_line(gate: Gate, line: dict[str, Any]) -> dict[str, Any]:
    """The columns of a criterion, whole and fitting each other."""
    unknown = set(line) - set(LINE)
    if unknown:
        raise TypeError(f"a criterion has no {', '.join(sorted(unknown))}")
    asked: dict[str, Any] = {
        "text_en": (line.get("text_en") or "").strip(),
        "text_ja": (line.get("text_ja") or "").strip(),
        "weight": line.get("weight") or Weight.MUST,
        "proof": line.get("proof") or Proof.NONE,
        "skill": None,
        "level": None,
        "attribute": None,
        "is_about_pay": bool(line.get("is_about_pay")),
    }
    if not (asked["text_en"] or asked["text_ja"]):
        raise Refused(_("A criterion needs words, in one language at least."), code="invalid")
    if asked["weight"] not in Weight.values or asked["proof"] not in Proof.values:
        raise Refused(
            _("A criterion is a must, nice to have or information, with one kind of evidence."), code="invalid"
        )
    if asked["proof"] == Proof.SKILL:
        asked |= {"skill": line.get("skill"), "level": line.get("level")}
        _demand_level(asked["skill"], asked["level"])
    if asked["proof"] == Proof.SCORECARD:
        asked["attribute"] = line.get("attribute")
        _demand_attribute(gate, asked["attribute"])
    return asked


def demand_new(gate: Gate, asked: dict[str, Any], but: Criterion | None = None) -> None:
    """No gate asks the same thing twice, and no job what its pipeline asks already."""
    others = Criterion.objects.filter(gate=gate, is_retired=False, raises=None).exclude(pk=but.pk if but else 0)
    known = {text.casefold() for pair in others.values_list("text_en", "text_ja") for text in pair if text}
    twice = next((text for text in (asked["text_en"], asked["text_ja"]) if text and text.casefold() in known), "")
    if twice:
        raise Refused(_("This gate already asks: %(text)s") % {"text": twice}, code="already_asked")


def _demand_level(skill: Skill | None, level: int | None) -> None:
    if level is not None and (skill is None or not is_level(skill.scale, level)):
        raise Refused(
            _("This level does not exist for %(skill)s.") % {"skill": skill or _("this word")}, code="invalid"
        )


def _demand_attribute(gate: Gate, attribute: Attribute | None) -> None:
    """None asks for the overall word; else it has to be on the scorecard of whoever keeps the gate."""
    if attribute is None:
        return
    if gate.job is not None:
        asked = attributes_of(gate.job)
        is_on = attribute in asked or attribute.pk in {each.copied_from_id for each in asked}
    else:
        is_on = attribute.pipeline_id == gate.pipeline_id and not attribute.is_retired
    if not is_on:
        raise Refused(
            _("“%(attribute)s” is not on this scorecard. Choose one that is, or the overall word.")
            % {"attribute": attribute},
            code="invalid",
        )
