"""What is asked of whoever brings people in: the file, how its columns and words are read, what future use rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from recruiting.candidates.normal import fold
from recruiting.integrations.models import Import, ImportSource, ReasonMapping
from recruiting.integrations.reading.fields import EXTRA, HISTORY, PERSON, SKIP
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.stages import AGREED, ANNOUNCED, HIRED, LEFT, NOTHING, OPEN, WITHDREW, meaning_of
from recruiting.jobs.stages import Stage
from recycling.models import ExitReason

BASES = (
    (ANNOUNCED, _("Announced: they were told at application that we may come back to them")),
    (AGREED, _("Agreed: they said yes to being considered again")),
    (NOTHING, _("Nothing, or nobody knows: store them, and block them")),
)
MEANINGS = [*Stage.choices, (HIRED, _("Hired")), (LEFT, _("Left")), (WITHDREW, _("Withdrew")), (OPEN, _("In process"))]


class ManyFiles(forms.FileField):
    """One or several files from one field."""

    widget = type("ManyFilesInput", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(each, initial) for each in given]


class BasisForm(forms.Form):
    """Asked once for the whole file; a column may say it row by row."""

    basis = forms.ChoiceField(
        label=_("What does future use of these people rest on?"), choices=BASES, widget=forms.RadioSelect
    )
    basis_since = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: since the day they came, where a column says it."),
    )
    basis_months = forms.IntegerField(
        label=_("For how many months"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Empty: the usual period where they live."),
    )

    def basis_terms(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {"kind": cleaned["basis"], "since": cleaned["basis_since"], "months": cleaned["basis_months"]}


class UploadForm(BasisForm):
    source = forms.ChoiceField(
        label=_("Kind of file"), choices=ImportSource.choices, initial=ImportSource.CSV, widget=forms.RadioSelect
    )
    file = ManyFiles(label=_("File"), help_text=_("A CSV table with a line of headers, or one or more JSON résumés."))
    system = forms.CharField(
        label=_("Comes from"),
        required=False,
        max_length=60,
        help_text=_("The other system’s name. Its numbers are only unique there; the same name recognises them again."),
    )
    field_order = ("source", "file", "system", "basis", "basis_since", "basis_months")


class AnswersForm(BasisForm):
    """The mapping of one import: a choice for each column, each word of a stage and each reason."""

    system = forms.CharField(label=_("Comes from"), max_length=60)
    date_order = forms.ChoiceField(
        label=_("Days like 9/11/2024 begin with"),
        required=False,
        choices=[("", _("month or day, whichever fits")), ("dmy", _("the day")), ("mdy", _("the month"))],
    )

    def __init__(self, *args: Any, table: Import, **kwargs: Any) -> None:
        self.table = table
        mapping = Mapping.from_json(table.mapping)
        basis = table.basis
        kwargs["initial"] = {
            "system": table.system,
            "date_order": mapping.date_order,
            "basis": basis.get("kind"),
            "basis_since": basis.get("since"),
            "basis_months": basis.get("months"),
        }
        super().__init__(*args, **kwargs)
        self.words = _words(table)
        self.reasons = {reason.pk: reason for reason in ExitReason.objects.filter(is_active=True)}
        for place, column in enumerate(table.columns):
            self._add(f"column_{place}", column, _targets(), mapping.columns.get(column, EXTRA))
        for place, word in enumerate(self.words):
            said = mapping.stages.get(word) or meaning_of(word)
            self._add(f"word_{place}", word, [("", _("not known: count what else is known")), *MEANINGS], said)
        self._add_reasons(table)

    def _add(self, name: str, label: str, choices: Any, initial: Any) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, initial=initial, required=False, widget=forms.Select(attrs={"class": "input"})
        )

    def _add_reasons(self, table: Import) -> None:
        """Ours by their own names, or as somebody mapped them; what nobody mapped is "reason not recorded"."""
        written = table.values.get("reason", [])
        mapped = dict(
            ReasonMapping.objects.filter(normal__in=[fold(word)[:200] for word in written]).values_list(
                "normal", "reason"
            )
        )
        ours = {fold(name): pk for pk, one in self.reasons.items() for name in (one.key, one.label_en, one.label_ja)}
        choices = [("", _("Reason not recorded")), *((pk, str(reason)) for pk, reason in self.reasons.items())]
        for place, word in enumerate(written):
            known = mapped.get(fold(word)[:200]) or ours.get(fold(word)) or ""
            self._add(f"reason_{place}", word, choices, known)

    def mapping(self) -> Mapping:
        said = self.cleaned_data
        columns = {column: said[f"column_{place}"] for place, column in enumerate(self.table.columns)}
        stages = {word: said[f"word_{place}"] for place, word in enumerate(self.words)}
        return Mapping(columns, {word: meaning for word, meaning in stages.items() if meaning}, said["date_order"])

    def said_reasons(self) -> dict[str, ExitReason]:
        said = self.cleaned_data
        chosen = {word: said[f"reason_{place}"] for place, word in enumerate(self.table.values.get("reason", []))}
        return {word: self.reasons[int(pk)] for word, pk in chosen.items() if pk}

    def columns(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Each column's choice beside a few of its values."""
        for place, column in enumerate(self.table.columns):
            yield self[f"column_{place}"], self.table.samples.get(column, [])

    def word_fields(self) -> list[BoundField]:
        return [self[f"word_{place}"] for place, _word in enumerate(self.words)]

    def reason_fields(self) -> list[BoundField]:
        return [self[f"reason_{place}"] for place, _word in enumerate(self.table.values.get("reason", []))]


def _words(table: Import) -> list[str]:
    return list(dict.fromkeys([*table.values.get("stage", []), *table.values.get("status", [])]))


def _targets() -> list[Any]:
    return [
        (EXTRA, _now("Keep as an extra field")),
        (SKIP, _now("Leave out")),
        (_now("Who they are"), [(target, label) for target, (label, _names) in PERSON.items()]),
        (_now("What they went through"), [(target, label) for target, (label, _names) in HISTORY.items()]),
    ]
