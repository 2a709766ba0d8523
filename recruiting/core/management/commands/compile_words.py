"""`manage.py compile_words`: every django.po to the django.mo that Django reads, in pure Python."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from recruiting.core.translations import catalogues, compile_catalogue


class Command(BaseCommand):
    help = "Compile the translations that changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for po in catalogues():
            if compile_catalogue(po) and options["verbosity"] > 1:
                self.stdout.write(f"Compiled {po}.")
