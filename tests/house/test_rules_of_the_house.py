"""The house keeps its own rules, and each rule is seen to fail on a planted offence."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import rules

ROOT = Path(__file__).resolve().parents[2]
Rule = Callable[[Path], list[str]]

LONG = "x = 1\n"
PLANTED: list[tuple[Rule, dict[str, str]]] = [
    (rules.long_modules, {"funnel/planted.py": LONG * 401}),
    (rules.long_functions, {"funnel/planted.py": "def planted():\n" + "    x = 1\n" * 41}),
    (rules.long_views, {"funnel/views.py": "def planted(request) -> HttpResponse:\n" + "    x = 1\n" * 16}),
    (rules.long_views, {"funnel/views/board.py": "def planted(request) -> HttpResponse:\n" + "    x = 1\n" * 16}),
    (rules.long_templates, {"templates/funnel/_planted.html": "{# context #}\n" * 61}),
    (rules.long_templates, {"templates/funnel/planted.html": "<p>\n" * 121}),
    (rules.long_files, {"static/js/planted.js": LONG * 151}),
    (rules.long_files, {"README.md": LONG * 201}),
    (rules.long_files, {"docs/decisions/0009-planted.md": LONG * 41}),
    (rules.nameless_fragments, {"templates/_planted.html": "<p>{{ unnamed }}</p>\n"}),
    (rules.inline_code, {"templates/planted.html": "<script>planted()</script>"}),
    (rules.inline_code, {"templates/planted.html": '<p style="color: red">'}),
    (rules.inline_code, {"templates/planted.html": "<style>p {}</style>"}),
    (rules.inline_code, {"templates/planted.html": '<a href="/" onclick="planted()">'}),
    (rules.impure_modules, {"recruiting/core/days.py": "from django.db import models\n"}),
    (rules.refreshed_rows, {"funnel/planted.py": "row.refresh_from_db()\n"}),
    (
        rules.reaching_up,
        {
            "recycling/models.py": 'a = models.ForeignKey(B, related_name="planted_entries")\n',
            "funnel/selectors.py": 'rows.filter(candidate__planted_entries__state="resting")\n',
        },
    ),
    (
        rules.reaching_up,
        {
            "funnel/models.py": 'a = models.ForeignKey(B, related_name="planted_rows")\n',
            "recruiting/candidates/services.py": "candidate.planted_rows.all()\n",
        },
    ),
    (
        rules.undocumented_settings,
        {"recruiting/settings.py": 'A = _text("KANRYU_PLANTED")\n', "docs/settings.md": "nothing\n"},
    ),
    (
        rules.undocumented_settings,
        {"recruiting/settings.py": "A = 1\n", "docs/settings.md": "| `KANRYU_PLANTED` | gone |\n"},
    ),
]
RULES = list(dict.fromkeys(rule for rule, _files in PLANTED))


def planted(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    ("rule", "files"), PLANTED, ids=[f"{rule.__name__} {next(iter(files))}" for rule, files in PLANTED]
)
def test_a_planted_offence_is_seen(rule: Rule, files: dict[str, str], tmp_path: Path) -> None:
    assert len(rule(planted(tmp_path, files))) == 1


def test_nothing_kept_names_a_private_place() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")

    assert rules.private_places(ROOT, listed.stdout.splitlines()) == []


@pytest.mark.parametrize(
    "line", ["see /" + "home/somebody/notes", "https://registry." + "npmjs.org/x", "--" + "index-url x"]
)
def test_a_planted_private_place_is_seen(line: str, tmp_path: Path) -> None:
    planted(tmp_path, {"docs/planted.md": line})

    assert len(rules.private_places(tmp_path, ["docs/planted.md"])) == 1
