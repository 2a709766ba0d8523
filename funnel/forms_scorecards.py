"""A scorecard as a form: one line per attribute on the four-point scale, with what each point means beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from funnel.interviews.scorecards import Rated
from funnel.models import Overall, ScorecardVersion
from recruiting.jobs.models import Attribute

NOT_LOOKED_AT = "0"
SCORES = ("1", "2", "3", "4")
PLAIN = {"1": _("Far from it"), "2": _("Not quite"), "3": _("As asked"), "4": _("Well beyond")}
MOST = 10_000


@dataclass(frozen=True)
class Point:
    """One point of the scale: its value, what it means, and whether it is chosen."""

    value: str
    anchor: str
    is_chosen: bool


@dataclass(frozen=True)
class SheetLine:
    attribute: Attribute
    points: list[Point]
    is_not_looked_at: bool
    score: BoundField
    note: BoundField


class ScorecardForm(forms.Form):
    """Fields score_<attribute> and note_<attribute>, overall, notes; and why, where it is an amendment."""

    overall = forms.ChoiceField(
        label=_("Recommendation"), choices=Overall.choices, widget=forms.RadioSelect, required=False
    )
    notes = forms.CharField(
        label=_("Why you recommend it"), required=False, max_length=MOST, widget=forms.Textarea(attrs={"rows": 4})
    )
    why = forms.CharField(label=_("Why you amend it"), required=False, max_length=300)

    def __init__(self, *args: Any, attributes: Sequence[Attribute], is_amendment: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.attributes = attributes
        for each in attributes:
            self.fields[f"score_{each.pk}"] = forms.ChoiceField(
                label=str(each), choices=[(value, value) for value in (*SCORES, NOT_LOOKED_AT)], required=False
            )
            self.fields[f"note_{each.pk}"] = forms.CharField(
                label=_("What you saw"),
                required=False,
                max_length=MOST,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        if not is_amendment:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """The same demands as the service's, each at its own line."""
        said = super().clean() or {}
        for each in self.attributes:
            score, note = said.get(f"score_{each.pk}", ""), said.get(f"note_{each.pk}", "")
            if not score:
                self.add_error(f"score_{each.pk}", _("Choose a point, or say that you did not look at it."))
            elif score != NOT_LOOKED_AT and each.needs_note and not note.strip():
                self.add_error(f"note_{each.pk}", _("Write what you saw."))
        for name in ("overall", "notes", "why"):
            if name in self.fields and not said.get(name):
                self.add_error(name, _("This is needed."))
        return said

    def lines(self) -> list[SheetLine]:
        return [self._line(each) for each in self.attributes]

    def _line(self, attribute: Attribute) -> SheetLine:
        score, note = self[f"score_{attribute.pk}"], self[f"note_{attribute.pk}"]
        chosen = str(score.value() or "")
        points = [Point(value, attribute.anchor(int(value)) or str(PLAIN[value]), value == chosen) for value in SCORES]
        return SheetLine(attribute, points, chosen == NOT_LOOKED_AT, score, note)

    def terms(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        ratings = {
            each.pk: Rated(
                None if said[f"score_{each.pk}"] == NOT_LOOKED_AT else int(said[f"score_{each.pk}"]),
                said[f"note_{each.pk}"],
            )
            for each in self.attributes
        }
        terms = {"ratings": ratings, "overall": int(said["overall"]), "notes": said["notes"]}
        return terms | ({"why": said["why"]} if "why" in self.fields else {})


def typed(data: Mapping[str, Any], attributes: Sequence[Attribute]) -> dict[str, str]:
    """What stands in the fields, as it was typed: a draft."""
    names = ["overall", "notes", "why"]
    for each in attributes:
        names += [f"score_{each.pk}", f"note_{each.pk}"]
    return {name: str(data[name])[:MOST] for name in names if data.get(name)}


def as_typed(version: ScorecardVersion) -> dict[str, str]:
    """A version handed in, as the start of an amendment."""
    said = {"overall": str(version.overall), "notes": version.notes}
    for rating in version.ratings.all():
        said[f"score_{rating.attribute_id}"] = NOT_LOOKED_AT if rating.score is None else str(rating.score)
        said[f"note_{rating.attribute_id}"] = rating.note
    return said
