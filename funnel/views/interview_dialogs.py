"""Planning, changing and cancelling as dialogs: what is typed, what is warned of, which letter leaves."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from funnel.forms_interviews import CancelForm, InterviewForm, LetterFields
from funnel.interviews import letters
from funnel.interviews.checks import worth_knowing
from funnel.interviews.letters import Proposed
from funnel.interviews.terms import Terms
from funnel.models import Application, Interview
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused


def shown(request: SignedInRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment for the open page, or a page of its own around it."""
    fragment = f"funnel/interviews/_{name}.html"
    if request.htmx:
        return render(request, fragment, context, status=status)
    return render(request, "funnel/dialog.html", {**context, "fragment": fragment}, status=status)


class PlanDialog:
    """One interview is planned, or `interview` is changed. A letter leaves only as it was last shown."""

    def __init__(self, request: SignedInRequest, application: Application, interview: Interview | None = None) -> None:
        self.request, self.application, self.interview = request, application, interview
        self.addresses = letters.addresses_of(application)
        self.data = request.POST.copy() if request.method == "POST" else None
        self.form = self._form()
        self.warnings: list[str] = []
        self.asks_to_read = False

    def _form(self) -> InterviewForm:
        form = InterviewForm(self.data, application=self.application, user=self.request.user, interview=self.interview)
        form.offer_addresses(self.addresses)
        return form

    @property
    def is_preview(self) -> bool:
        """Somebody asked to see the letter: nothing is planned, and nothing is wrong yet."""
        return self.data is not None and "preview" in self.data

    def answer(self, refused: Refused | None = None) -> HttpResponse:
        """The dialog: with what is wrong (422), what a rule said (409), or what is still to be read."""
        if self.is_preview:
            self.form.errors.clear()
        wrong = bool(self.form.is_bound and self.form.errors)
        refusal = refused.message if refused is not None and not wrong else ""
        status = (422 if wrong or (refused and refused.code == "invalid") else 409) if wrong or refusal else 200
        context = {
            "row": self.application,
            "interview": self.interview,
            "form": self.form,
            "addresses": self.addresses,
            "warnings": self.warnings,
            "anyway": " ".join(self.warnings),
            "asks_to_read": self.asks_to_read,
            "has_letter": bool(self.form["text"].value()),
            "refusal": refusal,
            "seen": self.interview.changed_at.isoformat() if self.interview else "",
        }
        return shown(self.request, "plan", context, status)

    def terms(self) -> Terms | None:
        """What to plan, once everything is read; None: something is to be shown first."""
        if not self.form.is_valid():
            if self.is_preview and self.form.cleaned_data.get("starts_at"):
                self._draw_letter()
            return None
        self._draw_letter()
        terms = self.form.terms()
        but = self.interview
        self.warnings = worth_knowing(self.application, terms, zone=ZoneInfo(self.request.user.time_zone), but=but)
        is_warned = bool(self.warnings) and self.request.POST.get("anyway", "") != " ".join(self.warnings)
        return None if self.is_preview or self.asks_to_read or is_warned else terms

    def _draw_letter(self) -> None:
        """Show the letter where it is new, or where what it says of when and where is no longer so."""
        said = self.form.cleaned_data
        if not said.get("invite") or not self.addresses or said.get("took_place") or self.data is None:
            return
        proposed = self._propose(said)
        if said.get("said", "").replace("\r\n", "\n") == proposed.facts and said.get("text"):
            return
        self.asks_to_read = not self.is_preview
        redraw(self.data, proposed)
        self.form = self._form()
        self.form.is_valid()

    def _propose(self, said: dict[str, Any]) -> Proposed:
        terms = Terms(
            starts_at=said["starts_at"],
            minutes=said.get("minutes") or 60,
            interviewers=tuple(said.get("interviewers") or ()),
            place=said.get("place", ""),
            video_url=said.get("video_url", ""),
        )
        is_told = self.interview is not None and self.interview.invites_candidate
        kind = "interview_changed" if is_told else "interview"
        return letters.propose(kind, self.application, terms, self.request.user)


def redraw(data: QueryDict, proposed: Proposed) -> None:
    """Put the proposed letter, or what was typed with the new facts, into what was sent."""
    data["text"] = letters.brought_up_to_date(data.get("text", ""), data.get("said", ""), proposed)
    data["subject"] = data.get("subject") or proposed.subject
    data["said"] = proposed.facts
    data.setdefault("to", "")


def terms_of(interview: Interview) -> Terms:
    """An interview as it stands, for the letter that calls it off."""
    return Terms(
        starts_at=interview.starts_at,
        minutes=interview.minutes,
        interviewers=tuple(row.user for row in interview.interviewers.all()),
        place=interview.place,
        video_url=interview.video_url,
    )


def cancel_form(request: SignedInRequest, interview: Interview) -> CancelForm:
    """The form with its letter already drawn where the candidate was invited."""
    points = letters.addresses_of(interview.application)
    initial: dict[str, Any] = {}
    if interview.invites_candidate and points:
        proposed = letters.propose("interview_cancelled", interview.application, terms_of(interview), request.user)
        initial = {"subject": proposed.subject, "text": proposed.text}
    form = CancelForm(request.POST if request.method == "POST" else None, initial=initial)
    form.offer_addresses(points if interview.invites_candidate else [])
    return form


def letter_missing(form: LetterFields) -> Refused | None:
    """A letter was asked for and is not whole."""
    said = form.cleaned_data
    if said.get("invite") and not (said.get("to") and said.get("subject") and said.get("text")):
        return Refused(_("A letter needs an address, a subject and a text."), "invalid")
    return None
