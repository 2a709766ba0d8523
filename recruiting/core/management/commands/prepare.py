"""`manage.py prepare`: what an install needs before web, worker and beat start. Run it again after every upgrade."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from recruiting.core.prepare import prepare_tables


class Command(BaseCommand):
    help = "Bring tables, words, reference data and, in production, static files up to this version."

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_tables()
        if settings.PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Prepared.")
