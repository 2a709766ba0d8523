"""Each import contract of pyproject.toml is seen to hold, and seen to fail on a planted violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("recruiting", "funnel", "recycling")

PLANTED = [
    ("Packages look down", "funnel/planted.py", "import recycling.models"),
    ("Packages look down", "recruiting/skills/models.py", "import recruiting.candidates.models"),
    ("Packages look down", "recruiting/candidates/models/planted.py", "import recruiting.jobs.models"),
    ("Rooms of an app look down", "recruiting/accounts/models.py", "import recruiting.accounts.services"),
    ("Rooms of an app look down", "recruiting/accounts/services.py", "import recruiting.accounts.forms"),
    ("Rooms of an app look down", "recruiting/skills/models.py", "import recruiting.skills.services"),
    ("Only recycling leaves the funnel", "recruiting/integrations/planted.py", "import funnel.leaving"),
    ("Only recycling leaves the funnel", "funnel/transitions.py", "import funnel.leaving"),
    ("The core knows no app", "recruiting/core/outbox.py", "import recruiting.accounts.models"),
    ("Pure modules touch no tables", "recruiting/core/days.py", "import recruiting.core.models"),
    ("Pure modules touch no tables", "recycling/reasons/rows.py", "import recycling.models"),
]


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, env={"PYTHONPATH": str(root)}, check=False)


def test_every_import_of_the_house_looks_down() -> None:
    answer = lint_imports(ROOT)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED, ids=[f"{m} {line}" for _c, m, line in PLANTED])
def test_a_planted_import_breaks_its_contract(contract: str, module: str, line: str, tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("locale", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / module
    planted.parent.mkdir(exist_ok=True)
    (planted.parent / "__init__.py").touch()
    planted.write_text(f"{planted.read_text() if planted.exists() else ''}\n{line}\n")

    answer = lint_imports(tmp_path)

    assert answer.returncode != 0
    assert f"{contract} BROKEN" in answer.stdout
