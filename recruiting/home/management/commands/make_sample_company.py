"""manage.py make_sample_company: something believable to look at, in an empty house only."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.home.sample import make_sample_company
from recycling.models import Proposal


class Command(BaseCommand):
    help = "Fill an empty house with a sample company: ten jobs, a few hundred people, a year of history."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists() or Candidate.objects.exists():
            if options["verbosity"] > 1:
                raise CommandError("Somebody is here already: the sample company is for an empty house.")
            return
        self.stdout.write("Making a sample company; this takes about a minute.")
        make_sample_company(at=timezone.now())
        live = Proposal.objects.filter(state__in=["open", "snoozed", "accepted"]).count()
        self.stdout.write(f"{Candidate.objects.count()} people, {live} of them proposed again.")
