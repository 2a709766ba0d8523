"""`manage.py run_sweeps`: the relay and every sweep in one process, where there is no Celery."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from recruiting.core.sweeps import POLL, run_due_sweeps

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the outbox relay and the sweeps when they are due, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due now, then end.")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if once:
            run_due_sweeps()
            return
        stopped = threading.Event()
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, lambda *_: stopped.set())
        while not stopped.is_set():
            try:
                close_old_connections()
                run_due_sweeps(keep_on=lambda: not stopped.is_set())
            except Exception:  # the database may be away for a while; this process waits for it
                logger.exception("no sweep could be run")
            stopped.wait(POLL.total_seconds())
