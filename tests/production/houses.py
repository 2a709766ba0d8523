"""Houses that really run: web server, worker and beat as processes of their own, on a database made for them.

The production house runs the very commands of docker-compose.yml; the embedded one what `make run` starts.
"""

from __future__ import annotations

import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import requests
import yaml
from redis import Redis

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("KANRYU_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
BROKER = os.environ.get("KANRYU_SMOKE_REDIS_URL", "redis://127.0.0.1:6379/13")
PASSWORD = "a-narrow-bridge-4"
STAFF = """
from recruiting.accounts.models import User
for name, role in (("recruiter", "recruiter"), ("lead", "recruiting_lead"), ("approver", "approver"),
                   ("manager", "hiring_manager"), ("successor", "hiring_manager")):
    User.objects.create_user(f"{name}@smoke.example", "PASSWORD", family_name=name.title(), role=role)
"""


class House:
    """One install: its environment, its processes, its address."""

    def __init__(self, folder: Path, environment: dict[str, str], commands: dict[str, str]) -> None:
        self.folder, self.commands, self.port = folder, commands, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KANRYU_", "DJANGO_"))}
        clean = {name: value for name, value in clean.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {
            "HOSTNAME": socket.gethostname(),
            "PATH": path,
            "KANRYU_DATA_DIR": str(folder),
            "KANRYU_SITE_URL": self.address,
        }
        self.environment = {"HOSTNAME": socket.gethostname(), **clean, **own, **environment}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def command(self, name: str) -> list[str]:
        return shlex.split(self.here(self.commands[name]))

    def health_check(self, name: str) -> list[str]:
        """As the composed service asks itself."""
        how, *said = _services()[name]["healthcheck"]["test"]
        said = [self.here(part.replace("$$", "$")) for part in said]
        return ["sh", "-c", *said] if how == "CMD-SHELL" else said

    def health_tries(self, name: str) -> int:
        return int(_services()[name]["healthcheck"]["retries"])

    def here(self, command: str) -> str:
        """As written, but on a free loopback port and with its own folder for what a container keeps in /tmp."""
        own = command.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}").replace(
            "127.0.0.1:8000", f"127.0.0.1:{self.port}"
        )
        return own.replace("/tmp/", f"{self.folder}/")

    def once(self, command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, text=True, capture_output=True, check=False, timeout=240, **more
        )

    def prepare(self) -> None:
        for done in (
            self.once(self.command("prepare")),
            self.once([sys.executable, "manage.py", "shell", "-v", "0"], input=STAFF.replace("PASSWORD", PASSWORD)),
        ):
            assert done.returncode == 0, done.stderr

    def start(self, *names: str) -> None:
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    self.command(name), cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
                )

    def stop(self, *names: str) -> None:
        """End what was started here, gently, then firmly; nothing else on this machine."""
        going = [self.running.pop(name) for name in names if name in self.running]
        for one in going:
            one.send_signal(signal.SIGTERM)
        for one in going:
            try:
                one.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(one.pid, signal.SIGKILL)
                one.wait()

    @property
    def clock(self) -> list[str]:
        """The processes that bring people back; without them facts only gather."""
        return [name for name in self.commands if name not in ("prepare", "web")]

    def wait_until_ready(self, seconds: float = 90) -> None:
        said = ""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for name, one in self.running.items():
                assert one.poll() is None, f"{name} ended: {self.tail(name)}"
            try:
                answer = requests.get(f"{self.address}/readyz", timeout=10)
                if answer.ok:
                    return
                said = answer.text
            except requests.RequestException as wrong:
                said = str(wrong)
            time.sleep(0.3)
        raise AssertionError(f"Not ready after {seconds} seconds: {said}")

    def tail(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()[-3000:]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def composed() -> dict[str, str]:
    """The commands of docker-compose.yml, by service; those of PostgreSQL and Redis are not ours."""
    services = _services()
    return {name: services[name]["command"] for name in ("prepare", "web", "worker", "beat")}


def _services() -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return dict(composed["services"])


@contextmanager
def production_house(folder: Path) -> Iterator[House]:
    with a_database() as database, a_broker() as broker:
        environment = {
            "KANRYU_ENV": "production",
            "KANRYU_SECRET_KEY": secrets.token_urlsafe(50),
            "KANRYU_ALLOWED_HOSTS": "127.0.0.1",
            "KANRYU_PLAIN_HTTP": "1",
            "DATABASE_URL": database,
            "REDIS_URL": broker,
        }
        yield from _open(House(folder, environment, composed()))


@contextmanager
def embedded_house(folder: Path) -> Iterator[House]:
    # "python" is this environment's (see PATH above): a path of its own could lie below the /tmp that `here` moves.
    commands = {
        "prepare": "python manage.py prepare",
        "web": "python -m gunicorn recruiting.wsgi --bind 0.0.0.0:8000 --worker-class gthread --threads 8",
        "sweeps": "python manage.py run_sweeps",
    }
    yield from _open(House(folder, {}, commands))


def _open(house: House) -> Iterator[House]:
    house.prepare()
    try:
        house.start("web", *house.clock)
        house.wait_until_ready()
        yield house
    finally:
        house.stop(*reversed(list(house.running)))


@contextmanager
def a_database() -> Iterator[str]:
    """A PostgreSQL database of one's own, dropped afterwards."""
    name = f"kanryu_smoke_{os.getpid()}_{secrets.token_hex(3)}"
    server = psycopg2.connect(SERVER.replace("postgres://", "postgresql://"))
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        yield f"{SERVER.rpartition('/')[0]}/{name}"
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.close()


@contextmanager
def a_broker() -> Iterator[str]:
    """A Redis database of one's own number, emptied before and after."""
    with Redis.from_url(BROKER) as redis:
        redis.flushdb()
        try:
            yield BROKER
        finally:
            redis.flushdb()
