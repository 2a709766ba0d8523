"""manage.py seed: the reference data a new house starts with. It only adds, so it may run at every start."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from recruiting.integrations.services import seed_reason_names
from recruiting.jobs.services import seed_jobs
from recruiting.skills.seed import seed_skills
from recycling.leaving import seed_reasons


class Command(BaseCommand):
    help = "Add the reference data that is missing: skills and what the other apps bring."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        added = {
            "skills": seed_skills(at=at),
            "families, levels, pipelines and their gates": seed_jobs(),
            "reasons": seed_reasons(at=at),
            "what other systems call reasons": seed_reason_names(),
        }
        for what, count in added.items():
            if options["verbosity"]:
                self.stdout.write(f"{what}: {count} added")
