"""`manage.py run` (what `make run` calls): prepare the house, then web server and sweeps until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from recruiting.core.prepare import prepare_house

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Run Kanryu on this machine: web server and sweeps, with a sample company when the house is empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="The first port to try.")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is for one machine. In production run gunicorn, a Celery worker and beat.")
        prepare_house(self.stdout.write)
        port = first_free_port(port)
        address = f"http://{HOST}:{port}"
        signal.signal(signal.SIGTERM, _stop)
        both = [start(command, address) for command in (web_server(port), [sys.executable, "manage.py", "run_sweeps"])]
        try:
            wait_until_it_answers(address, both[0])
            self.stdout.write(self.welcome(address))
            while all(one.poll() is None for one in both):
                time.sleep(0.5)
            raise CommandError("The web server or the sweeps ended by themselves; the lines above say why.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            stop(both)

    def welcome(self, address: str) -> str:
        lines = ["", f"  Kanryu answers at {address}", ""]
        logins = sample_logins()
        if logins:
            lines += [f"  Sign in with the password {settings.SAMPLE_PASSWORD} as", ""]
            lines += [f"    {role:<18} {email}" for role, email in logins]
            lines += [""]
        return "\n".join([*lines, "  Ctrl-C stops it. Data stays in " + str(settings.DATA_DIR), ""])


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def first_free_port(port: int) -> int:
    for candidate in range(port, port + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((HOST, candidate))
                return candidate
    raise CommandError(f"No free port between {port} and {port + 99}.")


def web_server(port: int) -> list[str]:
    bind = ["--bind", f"{HOST}:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    return [sys.executable, "-m", "gunicorn", "recruiting.wsgi", *bind, "--log-level", "warning"]


def start(command: list[str], address: str) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches this process alone, which then stops both in order."""
    quiet = {"KANRYU_LOG_LEVEL": "WARNING", **os.environ, "KANRYU_SITE_URL": address}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=quiet, start_new_session=True)  # noqa: S603 - ours


def stop(both: list[subprocess.Popen[bytes]]) -> None:
    for one in both:
        one.terminate()
    for one in both:
        try:
            one.wait(timeout=10)
        except subprocess.TimeoutExpired:
            one.kill()


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> None:
    for _try in range(150):
        if server.poll() is not None:
            raise CommandError("The web server did not start; the lines above say why.")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310
            return
        time.sleep(0.2)
    raise CommandError("The web server did not answer within thirty seconds.")


def sample_logins() -> list[tuple[str, str]]:
    """The first person of each role, in the order of the roles, if they still have the sample company's password."""
    people = get_user_model()
    first: dict[str, Any] = {}
    for user in people.objects.filter(is_active=True).order_by("-pk"):
        first[user.role] = user
    roles = [role for role, _label in people._meta.get_field("role").choices or () if role in first]
    return [
        (str(first[role].get_role_display()), first[role].email)
        for role in roles
        if first[role].check_password(settings.SAMPLE_PASSWORD)
    ]
