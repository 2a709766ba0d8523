"""Scorecards: written, kept while they are written, handed in, amended, and read side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funnel.forms_scorecards import ScorecardForm, as_typed, typed
from funnel.interviews import scorecards as services
from funnel.interviews.reading import summary_of
from funnel.models import Interview, Rating, Scorecard
from funnel.views.interviews import visible_interview
from funnel.views.sections import looks_at_funnel, visible_application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast


class Sheet:
    """One interviewer's scorecard on the screen: empty, half written, or handed in and amended."""

    def __init__(self, request: SignedInRequest, interview: Interview) -> None:
        self.request, self.interview = request, interview
        self.card = Scorecard.objects.filter(interview=interview, user=request.user).first()
        self.is_amendment = self.card is not None and self.card.version > 0
        rated = set(Rating.objects.filter(version__scorecard=self.card).values_list("attribute", flat=True))
        self.attributes = services.attributes_for(interview, rated if self.is_amendment else set())
        bound = request.POST if request.method == "POST" else None
        self.form = ScorecardForm(
            bound, initial=self._start(), attributes=self.attributes, is_amendment=self.is_amendment
        )

    def _start(self) -> dict[str, Any]:
        """What was typed and not handed in, else the version that stands."""
        if self.card is None:
            return {}
        if self.card.draft or not self.is_amendment:
            return dict(self.card.draft)
        return as_typed(self.card.versions.prefetch_related("ratings").last())  # type: ignore[arg-type]

    def is_pressed_twice(self) -> bool:
        """The first hand-in, sent once more: it is in, word for word."""
        if self.card is None or self.card.version != 1 or "version" in self.request.POST:
            return False
        handed_in = as_typed(self.card.versions.prefetch_related("ratings").get())
        said = typed(self.request.POST, self.attributes)
        return {name: word.strip() for name, word in said.items()} == {k: v for k, v in handed_in.items() if v}

    def keep(self) -> None:
        """Whatever becomes of it: what was typed is not lost."""
        draft = typed(self.request.POST, self.attributes)
        services.save_draft(interview=self.interview, user=self.request.user, draft=draft, at=timezone.now())

    def hand_in(self) -> Scorecard:
        terms: dict[str, Any] = {"user": self.request.user, "at": timezone.now()}
        parse(self.form)
        if self.is_amendment and self.card is not None:
            seen = self.request.POST.get("version", "")
            terms["seen_version"] = int(seen) if seen.isdecimal() else None
            return services.amend_scorecard(scorecard=self.card, **terms, **self.form.terms())
        return services.submit_scorecard(interview=self.interview, **terms, **self.form.terms())

    def answer(self, refusal: str = "", status: int = 200) -> HttpResponse:
        at = timezone.now()
        context = {
            "interview": self.interview,
            "card": self.card,
            "form": self.form,
            "lines": self.form.lines(),
            "is_amendment": self.is_amendment,
            "has_begun": self.interview.starts_at <= at,
            "refusal": refusal,
        }
        return render(self.request, "funnel/scorecards/scorecard.html", context, status=status)


@looks_at_funnel
@require_http_methods(["GET", "POST"])
def scorecard(request: SignedInRequest, pk: int) -> HttpResponse:
    """My scorecard of one interview. What is refused is kept as a draft."""
    sheet = Sheet(request, _mine(request, pk))
    if request.method == "GET":
        return sheet.answer()
    try:
        card = sheet.hand_in()
    except Refused as refused:
        if not sheet.is_pressed_twice():
            return _kept(sheet, refused)
        return redirect("funnel:interview", pk)
    said = _("Your amended scorecard is in.") if card.version > 1 else _("Your scorecard is in. Thank you.")
    toast(request, said)
    return redirect("funnel:interview", pk)


@looks_at_funnel
@require_POST
def save_scorecard(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft: by itself while somebody types, or by its button."""
    sheet = Sheet(request, _mine(request, pk))
    try:
        sheet.keep()
    except Refused as refused:
        if request.htmx:
            return render(request, "funnel/scorecards/_kept.html", {"refusal": refused.message}, status=409)
        return sheet.answer(refused.message, 409)
    if request.htmx:
        return render(request, "funnel/scorecards/_kept.html", {"kept_at": timezone.now()})
    toast(request, _("Your draft is kept. Nobody else sees it."))
    return redirect("funnel:scorecard", pk)


@looks_at_funnel
@require_GET
def scorecards(request: SignedInRequest, pk: int) -> HttpResponse:
    """All scorecards of one application side by side."""
    row = visible_application(request, pk)
    summary = summary_of(row, request.user)
    services.note_reading(user=request.user, shown=summary.cards, at=timezone.now())
    return render(request, "funnel/scorecards/scorecards.html", {"row": row, "summary": summary})


def _mine(request: SignedInRequest, pk: int) -> Interview:
    """Whoever does not ask in an interview has no scorecard there, and learns of none."""
    found = visible_interview(request, pk)
    if not any(row.user_id == request.user.pk for row in found.interviewers.all()):
        raise Http404
    return found


def _kept(sheet: Sheet, refused: Refused) -> HttpResponse:
    try:
        sheet.keep()
    except Refused as gone:
        return sheet.answer(gone.message, 409)
    is_wrong = refused.code == "invalid"
    said = _("Something is missing. What you wrote is kept.") if sheet.form.errors else refused.message
    return sheet.answer(said, 422 if is_wrong else 409)
