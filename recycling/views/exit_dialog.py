"""The exit dialog as one object: what is chosen, what may be chosen, and what it would mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import Select
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from funnel.models import Application
from funnel.stages import earliest
from recruiting.accounts.requests import SignedInRequest
from recruiting.jobs.stages import Stage
from recycling.forms.exits import ASKED_BY, ExitForm
from recycling.leaving.choices import jobs_in_reach, reasons_by_hand, reasons_of_side
from recycling.leaving.letters import letter_for
from recycling.leaving.river import river
from recycling.leaving.sentence import Consequence, consequence, in_reach, same_for, say_marked
from recycling.models import ExitReason
from recycling.models.exits import Side


class Dialog:
    """One or several people leave. `choose_side` and `choose_reason` are buttons: they win over what was chosen."""

    def __init__(
        self, request: SignedInRequest, applications: Sequence[Application], *, at: datetime, is_preview: bool = False
    ) -> None:
        self.request, self.applications, self.at = request, list(applications), at
        self.data = request.POST if request.method == "POST" else request.GET
        self.refusal = ""
        self.one = self.applications[0] if len(self.applications) == 1 else None
        self.stage = str(earliest(*(each.stage for each in self.applications)))
        self.reason = self._reason()
        self.side = self._side()
        if self.reason is not None and self.reason.side not in (self.side, Side.EITHER):
            self.reason = None
        self.form = self._form(is_preview)
        self.is_preview = is_preview

    def _reason(self) -> ExitReason | None:
        if "choose_side" in self.data:
            return None
        key = self.data.get("choose_reason") or self.data.get("reason", "")
        return next((each for each in reasons_by_hand() if each.key == key), None)

    def _side(self) -> str:
        side = self.data.get("choose_side") or self.data.get("side", "")
        if side not in (Side.WE, Side.THEY):
            side = self.reason.side if self.reason and self.reason.side != Side.EITHER else Side.THEY
        return str(side)

    @property
    def seen_versions(self) -> dict[int, int]:
        """The version of each card as the dialog was opened on it."""
        seen = {each.pk: self.data.get(f"seen_{each.pk}", "") for each in self.applications}
        return {pk: int(version) for pk, version in seen.items() if version.isdecimal()}

    def _form(self, is_preview: bool) -> ExitForm:
        terms: dict[str, Any] = {
            "applications": self.applications,
            "reason": self.reason,
            "side": self.side,
            "user": self.request.user,
            "at": self.at,
        }
        if self.request.method == "POST" and not (is_preview and "choose_reason" in self.data):
            form = ExitForm(self.data, **terms)
            return ExitForm(self._with_suggestions(form), **terms) if is_preview else form
        # A reason just chosen: what was typed is kept, what it asks for anew starts as suggested.
        kept = {name: value for name in KEPT if (value := self.data.get(name))}
        return ExitForm(initial={**kept, "told_what": self._letter()}, **terms)

    def _with_suggestions(self, form: ExitForm) -> QueryDict:
        """What a further reason asks for since a moment ago starts as suggested, not empty."""
        data = self.request.POST.copy()
        for need in form.asked - set(data.getlist("was_asked")):
            for name in ASKED_BY[need]:
                field = form.fields.get(name)
                value = form.get_initial_for_field(field, name) if field else None
                if name not in data and value not in (None, ""):
                    data.setlist(name, value if isinstance(value, list) else [_as_typed(value)])
        return data

    def _letter(self) -> str:
        if self.one is None or self.reason is None:
            return ""
        return letter_for(self.one, self.reason, self.side, self.request.user)

    def _foretold(self) -> Consequence | None:
        """From what is typed so far; an untouched form foretells from what it suggests."""
        if self.reason is None:
            return None
        form = self.form
        if not form.is_bound:
            suggested = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
            form = ExitForm(
                {name: _as_typed(value) for name, value in suggested.items() if value not in (None, "")},
                applications=self.applications,
                reason=self.reason,
                side=self.side,
                user=self.request.user,
                at=self.at,
            )
        form.is_valid()
        return consequence(form.order(), self.applications[0], self.at)

    def context(self) -> dict[str, Any]:
        is_counted = self.request.user.sees_everybody
        first, rest = reasons_of_side(self.side, self.stage, self.at, is_counted=is_counted)
        foretold = self._foretold()
        path = "recycling:exit" if self.one else "recycling:exit_many"
        args = [self.one.pk] if self.one else []
        return {
            "stage": Stage(self.stage).label,
            "is_counted": is_counted,
            "form": _unmarked(self.form) if self.is_preview else self.form,
            "one": self.one,
            "applications": self.applications,
            "side": self.side,
            "reason": self.reason,
            "first": first,
            "rest": rest,
            "asks": {need.value: need in self.form.asked for need in ASKED_BY},
            "refusal": self.refusal,
            "action": reverse(path, args=args),
            "preview": reverse(f"{path}_preview", args=args),
            "next": own_address(self.request, self.data.get("next", "")),
            "undo_days": settings.UNDO_EXIT_DAYS,
            "foretold": foretold,
            "sentences": say_marked(foretold) if foretold else [],
            "river": river(foretold.left, foretold.stage) if foretold else None,
            "reach": self._reach(foretold) if self.one else same_for(len(self.applications) - 1),
            "touch": self._touch(),
            "touch_open": foretold is not None and foretold.rests and not foretold.has_basis,
        }

    def _touch(self) -> str:
        """How we stay in touch, in one line: by which way, where, and who keeps it."""
        said = []
        for name in ("channel", "contact_point", "keeper"):
            widget = self.form.fields[name].widget if name in self.form.fields else None
            if isinstance(widget, Select):
                value = self.form[name].value()
                chosen = str(getattr(value, "pk", value) or "")
                said += [str(label) for key, label in widget.choices if str(key) == chosen and chosen]
        return " · ".join(said)

    def _reach(self, foretold: Consequence | None) -> str:
        """Only for whoever sees those jobs: to the others their number would tell of them."""
        if self.one is None or self.reason is None or foretold is None or not foretold.rests:
            return ""
        if not self.request.user.sees_everybody:
            return ""
        return in_reach(jobs_in_reach(self.one.job, self.reason.reach))


KEPT = ("evidence", "note", "keeper", "contact_point", "channel", "basis_kind", "basis_until")


def own_address(request: SignedInRequest, address: str, otherwise: str = "/") -> str:
    """An address somebody handed us, when it is one of ours."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else otherwise


def _as_typed(value: Any) -> Any:
    """A suggested value as a browser would send it."""
    if isinstance(value, list):
        return [str(each) for each in value]
    return str(getattr(value, "pk", value))


def _unmarked(form: ExitForm) -> ExitForm:
    """While somebody still types nothing is wrong yet."""
    if form.is_bound:
        form._errors = ErrorDict()  # type: ignore[attr-defined]
    return form
