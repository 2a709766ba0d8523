"""What an offer over a border asks: whom, what for, and the checklist with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from funnel.handoffs.clocks import MINUTES_OF_AN_HOUR
from funnel.handoffs.evidence import Found
from funnel.handoffs.packet import Line, PacketOrder, Proposed, Shown
from funnel.handoffs.reading import SEES_PAY
from funnel.models import Handoff
from recruiting.accounts.calendars import after
from recruiting.accounts.hours import hours_of_all
from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.jobs.models import Proof

YES, NO = "yes", "no"
SAID = [(YES, _("Met")), (NO, _("Not met")), ("", pgettext_lazy("a criterion", "Open"))]
IS_MET = {YES: True, NO: False}
TEXTS = ("summary", "expectations", "open_questions", "rechecked")


@dataclass(frozen=True)
class CheckLine:
    """One criterion with the fields that belong to it."""

    line: Line
    found: Found
    met: forms.BoundField
    note: forms.BoundField
    paper: forms.BoundField | None  # which document or scorecard lies with it


class OfferForm(forms.Form):
    """The packet as it is written. `is_many`: evidence differs from person to person, so it is taken as found."""

    to = forms.TypedChoiceField(label=_("Who is asked"), coerce=int)
    summary = forms.CharField(
        label=_("Why them"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    expectations = forms.CharField(
        label=_("What they expect"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No sums: pay stands on the person’s page, for those who may see it."),
    )
    open_questions = forms.CharField(
        label=_("Open questions"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    rechecked = forms.CharField(
        label=_("What was looked at again"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        proposed: Proposed,
        receivers: Sequence[User],
        likely: User,
        at: datetime,
        by: User,
        is_many: bool = False,
    ) -> None:
        before = proposed.previous.packet if proposed.previous and not is_many else {}
        super().__init__(data, initial={"to": likely.pk, **{name: before.get(name, "") for name in TEXTS}})
        self.proposed, self.is_many, self.by = proposed, is_many, by
        asked = self.fields["to"]
        asked.choices = receiver_choices(receivers, proposed, at)  # type: ignore[attr-defined]
        if not proposed.is_return:
            del self.fields["rechecked"]
        said = {line["key"]: line for line in before.get("criteria", ())}
        for line in proposed.lines:
            self._add_line(line, said.get(line.key), proposed.previous)

    def _add_line(self, line: Line, before: dict[str, Any] | None, back: Handoff | None) -> None:
        """What was said the last time stands there again, but for what failed."""
        found = Found() if self.is_many else line.found
        failed = bool(back and back.failed and str(back.failed.key) == line.key)
        is_met = before["is_met"] if before and not failed and before["is_met"] is not None else found.is_met
        is_shown = not line.asked.criterion.is_about_pay or self.by.has_perm(SEES_PAY)
        note = before["evidence"]["said"] if before and is_shown and line.asked.criterion.proof == Proof.NOTE else ""
        self.fields[f"met_{line.key}"] = forms.ChoiceField(
            label=line.asked.text,
            choices=SAID,
            required=False,
            widget=forms.RadioSelect,
            initial={True: YES, False: NO}.get(is_met, "") if not failed else "",  # type: ignore[arg-type]
        )
        self.fields[f"note_{line.key}"] = forms.CharField(label=_("Note"), required=False, max_length=500, initial=note)
        papers = self._papers(line)
        if papers:
            self.fields[f"paper_{line.key}"] = forms.TypedChoiceField(
                label=_("Evidence"),
                choices=papers,
                coerce=int,
                empty_value=None,
                required=False,
                initial=found.document or found.scorecard,
            )

    def _papers(self, line: Line) -> list[tuple[Any, str]]:
        if self.is_many:
            return []
        known = self.proposed.known
        if line.asked.criterion.proof == Proof.DOCUMENT and known.documents:
            return [("", str(_("None"))), *((row.pk, row.name) for row in known.documents)]
        if line.asked.criterion.proof == Proof.SCORECARD and known.scorecards:
            return [("", str(_("None"))), *((row.pk, row.user.name) for row in known.scorecards)]
        return []

    @property
    def lines(self) -> list[CheckLine]:
        return [
            CheckLine(
                line=line,
                found=Found() if self.is_many else line.found,
                met=self[f"met_{line.key}"],
                note=self[f"note_{line.key}"],
                paper=self[f"paper_{line.key}"] if f"paper_{line.key}" in self.fields else None,
            )
            for line in self.proposed.lines
        ]

    def order(self) -> PacketOrder:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        texts = {name: given.get(name, "") for name in TEXTS}
        return PacketOrder(**texts, shown={line.key: self._shown(line) for line in self.proposed.lines})

    def _shown(self, line: Line) -> Shown:
        given, proof = self.cleaned_data, line.asked.criterion.proof
        paper = given.get(f"paper_{line.key}")
        return Shown(
            is_met=IS_MET.get(given.get(f"met_{line.key}", "")),
            note=given.get(f"note_{line.key}", ""),
            document=paper if proof == Proof.DOCUMENT else None,
            scorecard=paper if proof == Proof.SCORECARD else None,
        )


class ReassignForm(forms.Form):
    """Who is asked instead, and why."""

    to = forms.TypedChoiceField(label=_("Who is asked"), coerce=int)
    why = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, handoff: Handoff, receivers: Sequence[User]) -> None:
        super().__init__(data)
        others = [(user.pk, user.name) for user in receivers if user.pk != handoff.to_user_id]
        self.fields["to"].choices = others  # type: ignore[attr-defined]


def receiver_choices(receivers: Sequence[User], proposed: Proposed, at: datetime) -> list[tuple[int, str]]:
    """Everybody who may be asked, and until when each would have time: two queries."""
    hours, language = hours_of_all(list(receivers), at), get_language() or "en"
    minutes, now = proposed.gate.miss_hours * MINUTES_OF_AN_HOUR, timezone.localtime(at)
    dues = {user.pk: timezone.localtime(after(hours[user.pk], at, minutes)) for user in receivers}
    return [(user.pk, f"{user.name} · {words.due(dues[user.pk], now, language)}") for user in receivers]
