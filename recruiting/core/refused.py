"""The one error the trade's rules raise: somebody asked for something that may not be."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _


class Refused(Exception):
    """A rule said no. `message` is a whole sentence for the person who asked; `code` is stable for machines."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.message = str(message)
        self.code = code


def parse(form: BaseForm) -> dict[str, Any]:
    """The form's cleaned data, or Refused with every problem in one sentence each."""
    if form.is_valid():
        return form.cleaned_data
    problems = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        problems += [f"{label}: {error}" if label else str(error) for error in errors]
    raise Refused(" ".join(problems) or _("That could not be read. Check the form and try again."), code="invalid")
