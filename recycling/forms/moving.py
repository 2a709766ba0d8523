"""Where somebody goes on: another open job, at the same stage or an earlier one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from funnel.models import Application
from funnel.stages import INDEX, ORDER
from recruiting.accounts.models import User
from recruiting.jobs.models import Job


class MoveForm(forms.Form):
    job = forms.ModelChoiceField(Job.objects.none(), label=gettext_lazy("To the job"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Begins at"),
        help_text=gettext_lazy("What they passed in the last twelve months still counts."),
    )

    def __init__(self, *args: Any, application: Application, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        jobs = Job.objects.visible_to(user).open().exclude(pk=application.job_id)
        self.fields["job"].queryset = jobs.order_by("title")  # type: ignore[attr-defined]
        reached = ORDER[: INDEX[application.stage] + 1]
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in reached]  # type: ignore[attr-defined]
        self.fields["stage"].initial = application.stage
