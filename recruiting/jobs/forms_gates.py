"""What leads and recruiters write about gates and scorecards. A text in one language serves both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recruiting.jobs.forms import read_ask
from recruiting.jobs.gates import Asked, GateToday, seat_name
from recruiting.jobs.models import Attribute, Criterion, Proof, Weight
from recruiting.jobs.models.attributes import SCORES
from recruiting.jobs.services.gate_rules import LONGEST, RECEIVERS, SENDERS
from recruiting.skills.levels import Scale
from recruiting.skills.selectors import resolve_term

NAMED = "skill:named"
LANGUAGES = (("en", _("in English")), ("ja", _("in Japanese")))


class GateForm(forms.Form):
    """Who offers, who accepts, and the two clocks."""

    sender = forms.ChoiceField(
        label=pgettext_lazy("side of a border", "Offers"), choices=lambda: [(seat, seat_name(seat)) for seat in SENDERS]
    )
    receiver = forms.ChoiceField(
        label=pgettext_lazy("side of a border", "Accepts"),
        choices=lambda: [(seat, seat_name(seat)) for seat in RECEIVERS],
    )
    warn_hours = forms.IntegerField(label=_("Warn after, working hours"), min_value=1, max_value=LONGEST)
    miss_hours = forms.IntegerField(label=_("Due within, working hours"), min_value=1, max_value=LONGEST)

    @classmethod
    def of(cls, today: GateToday) -> GateForm:
        standing = {name: getattr(today, name) for name in cls.base_fields}
        return cls(initial=standing, auto_id=f"gate-{today.to_stage}-%s")


class LineForm(forms.Form):
    """One criterion: its words, how seriously it is meant, and what has to lie with it."""

    text_en = forms.CharField(label=_("In English"), max_length=200, required=False)
    text_ja = forms.CharField(label=_("In Japanese"), max_length=200, required=False)
    weight = forms.ChoiceField(label=_("Weight"), choices=Weight.choices)
    evidence = forms.ChoiceField(label=_("Evidence"))
    skill = forms.CharField(
        label=_("Which skill"), max_length=120, required=False, help_text=_("With its level: Go 3, English B2")
    )
    is_about_pay = forms.BooleanField(
        label=_("About pay"),
        required=False,
        help_text=_("Only those who see pay read the note; everybody else reads whether it is met."),
    )

    def __init__(self, *args: Any, attributes: Iterable[Attribute], **more: Any) -> None:
        super().__init__(*args, **more)
        self.attributes = {f"scorecard:{each.pk}": each for each in attributes}
        field: Any = self.fields["evidence"]
        field.choices = [
            (Proof.NONE, Proof.NONE.label),
            (Proof.NOTE, Proof.NOTE.label),
            (Proof.DOCUMENT, Proof.DOCUMENT.label),
            ("skill:", _("The job's must-have skills")),
            (NAMED, _("One skill")),
            ("scorecard:", _("Scorecards: overall yes")),
            (_("Scorecards: an attribute"), [(key, str(each)) for key, each in self.attributes.items()]),
        ]
        self.fields["text_ja"].widget.attrs["lang"] = "ja"
        self.fields["skill"].widget.attrs["autocomplete"] = "off"

    @classmethod
    def of(cls, asked: Asked, attributes: Iterable[Attribute]) -> LineForm:
        row = asked.criterion
        known = list(attributes)
        if row.attribute and row.attribute not in known:
            known.append(row.attribute)
        standing: dict[str, Any] = {
            "text_en": row.text_en,
            "text_ja": row.text_ja,
            "weight": row.weight,
            **_evidence_of(row),
        }
        standing["is_about_pay"] = row.is_about_pay
        return cls(initial=standing, auto_id=f"line-{row.pk}-%s", attributes=known)

    @classmethod
    def new(cls, to_stage: str, attributes: Iterable[Attribute]) -> LineForm:
        return cls(
            initial={"weight": Weight.MUST, "evidence": Proof.NOTE}, auto_id=f"new-{to_stage}-%s", attributes=attributes
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked, written = cleaned.pop("evidence", ""), cleaned.pop("skill", "").strip()
        if not (cleaned.get("text_en") or cleaned.get("text_ja")):
            self.add_error("text_en", _now("Write it in one language at least."))
        cleaned |= {
            "proof": asked.partition(":")[0],
            "attribute": self.attributes.get(asked),
            "skill": None,
            "level": None,
        }
        if asked == NAMED:
            term, cleaned["level"] = read_ask(written)
            cleaned["skill"] = resolve_term(term) if term else None
            if cleaned["skill"] is None:
                self.add_error("skill", _now("Name a skill of the list, with its level where one is asked."))
        return cleaned


class AttributeForm(forms.Form):
    """One line of a scorecard, with what each of its four points means."""

    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    name_ja = forms.CharField(label=_("Name in Japanese"), max_length=80, required=False)
    asks_en = forms.CharField(label=_("What to look for, in English"), max_length=300, required=False)
    asks_ja = forms.CharField(label=_("What to look for, in Japanese"), max_length=300, required=False)
    needs_note = forms.BooleanField(label=_("Whoever rates it writes why"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for score in SCORES:
            for language, label in LANGUAGES:
                widget = forms.Textarea(attrs={"rows": 2, "lang": language})
                name = _("%(score)s means, %(language)s") % {"score": score, "language": label}
                self.fields[f"anchor_{score}_{language}"] = forms.CharField(
                    label=name, max_length=200, required=False, widget=widget
                )
        for name in ("asks_en", "asks_ja"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2, "lang": name[-2:], "maxlength": 300})
        self.fields["name_ja"].widget.attrs["lang"] = "ja"

    @classmethod
    def of(cls, row: Attribute) -> AttributeForm:
        anchors = {
            f"anchor_{score}_{language}": row.anchors.get(str(score), {}).get(language, "")
            for score in SCORES
            for language, _label in LANGUAGES
        }
        standing = {name: getattr(row, name) for name in cls.base_fields}
        return cls(initial={**standing, **anchors}, auto_id=f"attribute-{row.pk}-%s")

    @classmethod
    def new(cls) -> AttributeForm:
        return cls(initial={"needs_note": True}, auto_id="attribute-new-%s")

    @property
    def points(self) -> list[tuple[int, Any, Any]]:
        return [(score, self[f"anchor_{score}_en"], self[f"anchor_{score}_ja"]) for score in SCORES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("name_en") or cleaned.get("name_ja")):
            self.add_error("name_en", _now("Write it in one language at least."))
        cleaned["anchors"] = {
            str(score): {language: cleaned.pop(f"anchor_{score}_{language}", "") for language, _label in LANGUAGES}
            for score in SCORES
        }
        return cleaned


def _evidence_of(row: Criterion) -> dict[str, str]:
    """The choice that stands for a criterion's proof, and the named skill as people write it."""
    if row.proof == Proof.SCORECARD:
        return {"evidence": f"scorecard:{row.attribute_id or ''}"}
    if row.proof == Proof.SKILL and row.skill:
        level = "" if row.level is None else row.skill.level_label(row.level).split()[-1]
        written = str(row.level) if row.level and row.skill.scale == Scale.GENERAL else level
        return {"evidence": NAMED, "skill": f"{row.skill.name} {written}".strip()}
    return {"evidence": "skill:" if row.proof == Proof.SKILL else row.proof}
