"""The house's own rules as functions from a folder to complaints, so that each can be seen to fail elsewhere.

Every checker takes the root of a checkout and returns sentences, one per offence; none means the rule is kept.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("recruiting", "funnel", "recycling")
# From the ground up: whatever stands later may know what stands before it, never the other way round.
FLOORS = (
    ("recruiting/core",),
    ("recruiting/accounts",),
    ("recruiting/notices",),
    ("recruiting/skills",),
    ("recruiting/candidates", "recruiting/jobs"),
    ("recruiting/contact",),
    ("funnel",),
    ("recycling",),
    ("recruiting/home", "recruiting/integrations"),
)
MODULE_LINES, FUNCTION_LINES, VIEW_LINES = 400, 40, 15
PAGE_LINES, FRAGMENT_LINES, SCRIPT_LINES, README_LINES, DECISION_LINES = 120, 60, 150, 200, 40
PURE = (
    "recruiting/accounts/calendars.py",
    "recruiting/core/days.py",
    "recruiting/core/words.py",
    "recruiting/skills/normalise.py",
    "funnel/metrics.py",
    "funnel/borders.py",
    "recycling/metrics.py",
    "recycling/reasons",
)


def modules(root: Path, *, tests: bool = False) -> list[Path]:
    rooms = (*PACKAGES, "tests") if tests else PACKAGES
    found = [path for room in rooms for path in (root / room).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates(root: Path) -> list[Path]:
    return sorted((root / "templates").rglob("*.html"))


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _is_view_module(path: Path) -> bool:
    return path.stem == "views" or path.parent.name == "views"


# --- Sizes ------------------------------------------------------------------------------------------------------------


def long_modules(root: Path) -> list[str]:
    return [
        f"{_name(root, path)} is over {MODULE_LINES} lines"
        for path in modules(root, tests=True)
        if _lines(path) > MODULE_LINES
    ]


def long_functions(root: Path) -> list[str]:
    """A function's length counts its body's lines, decorators and docstring apart."""
    complaints = []
    for path in modules(root, tests=True):
        for function in _functions(path):
            length = _length(function)
            if length > FUNCTION_LINES:
                complaints.append(f"{_name(root, path)}: {function.name} has {length} lines, over {FUNCTION_LINES}")
    return complaints


def long_views(root: Path) -> list[str]:
    """A view parses, calls and answers: what takes a request and returns a response, in a module of views."""
    complaints = []
    for path in filter(_is_view_module, modules(root)):
        for function in _functions(path):
            takes_request = bool(function.args.args) and function.args.args[0].arg == "request"
            answers = function.returns is not None and "Response" in ast.unparse(function.returns)
            is_view = takes_request and answers and not function.name.startswith("_")
            if is_view and _length(function) > VIEW_LINES:
                complaints.append(
                    f"{_name(root, path)}: {function.name} has {_length(function)} lines, over {VIEW_LINES}"
                )
    return complaints


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1


def long_templates(root: Path) -> list[str]:
    complaints = []
    for path in templates(root):
        limit = FRAGMENT_LINES if path.name.startswith("_") else PAGE_LINES
        if _lines(path) > limit:
            complaints.append(f"{_name(root, path)} is over {limit} lines")
    return complaints


def long_files(root: Path) -> list[str]:
    limits = [(root / "README.md", README_LINES)]
    limits += [(path, SCRIPT_LINES) for path in (root / "static").rglob("*.js")]
    limits += [(path, DECISION_LINES) for path in (root / "docs" / "decisions").glob("*.md")]
    return [
        f"{_name(root, path)} is over {limit} lines" for path, limit in limits if path.exists() and _lines(path) > limit
    ]


# --- Templates --------------------------------------------------------------------------------------------------------


def nameless_fragments(root: Path) -> list[str]:
    """A fragment's first line is a comment that names its context."""
    fragments = [path for path in templates(root) if path.name.startswith("_")]
    return [
        f"{_name(root, path)}: its first line names no context"
        for path in fragments
        if not re.match(r"\{#.+#\}|\{% comment %\}", path.read_text())
    ]


INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[a-z][^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.I),
}


def inline_code(root: Path) -> list[str]:
    """The content security policy refuses it; JSON that a script reads (type="application/json") is data."""
    complaints = []
    for path in templates(root):
        text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)
        text = re.sub(r'<script[^>]*type="application/json"[^>]*>', "", text)
        complaints += [f"{_name(root, path)} holds {what}" for what, pattern in INLINE.items() if pattern.search(text)]
    return complaints


# --- Imports and strings ----------------------------------------------------------------------------------------------


def impure_modules(root: Path) -> list[str]:
    """Pure modules import nothing of Django's database."""
    complaints = []
    for path in modules(root):
        if not _name(root, path).startswith(PURE):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            wanted: list[str] = []
            if isinstance(node, ast.Import):
                wanted = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                wanted = [f"{node.module}.{alias.name}" for alias in node.names]
            complaints += [f"{_name(root, path)} imports {one}" for one in wanted if f"{one}.".startswith("django.db.")]
    return complaints


def refreshed_rows(root: Path) -> list[str]:
    """refresh_from_db() on a protected column collides between threads: fetch the row again."""
    with_states = [root / "tests" / room for room in ("jobs", "funnel", "recycling", "browser")]
    looked_at = modules(root) + [path for path in modules(root, tests=True) if set(path.parents) & set(with_states)]
    return [
        f"{_name(root, path)}:{node.lineno} refreshes a row"
        for path in looked_at
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "refresh_from_db"
    ]


def related_names(folder: Path) -> set[str]:
    """Every related_name and related_query_name given in a folder's models."""
    found = set()
    for path in folder.rglob("*.py"):
        if "migrations" in path.parts or not ("models" in path.parts or path.name == "models.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg in {"related_name", "related_query_name"}:
                value = node.value.value if isinstance(node.value, ast.Constant) else ""
                found.add(str(value))
    return {name for name in found if name and not name.endswith("+")}


def reaching_up(root: Path) -> list[str]:
    """A lower package speaks a name that only an upper package's models give, as an attribute or in a look-up."""
    complaints = []
    given = [set().union(*(related_names(root / folder) for folder in floor)) for floor in FLOORS]
    for height, floor in enumerate(FLOORS):
        below = set().union(*given[: height + 1], _own_fields(root, floor))
        above = set().union(*given[height + 1 :], set()) - below
        for path in (path for folder in floor for path in modules(root) if _is_in(path, root / folder)):
            for line, word in _spoken(path):
                if word in above:
                    complaints.append(f"{_name(root, path)}:{line} knows “{word}”, a name from above")
    return complaints


def _is_in(path: Path, folder: Path) -> bool:
    return folder in path.parents


def _own_fields(root: Path, floor: tuple[str, ...]) -> set[str]:
    """Names that this floor itself assigns, defines or annotates: the same word may be its own."""
    found: set[str] = set()
    for folder in floor:
        for path in (path for path in modules(root) if _is_in(path, root / folder)):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.AnnAssign | ast.Assign):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    found |= {target.id for target in targets if isinstance(target, ast.Name)}
                elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                    found.add(node.name)
                elif isinstance(node, ast.arg):
                    found.add(node.arg)
    return found


def _spoken(path: Path) -> Iterator[tuple[int, str]]:
    """Names in look-ups (`a__b`), given to queryset methods, and attributes read off rows."""
    querying = {"filter", "exclude", "annotate", "alias", "prefetch_related", "select_related", "values", "values_list"}
    querying |= {"order_by", "Q", "F", "OuterRef", "Count", "Exists", "Max", "Min", "Sum", "Prefetch", "only", "defer"}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in querying:
            continue
        strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        for spoken in (*strings, *(keyword.arg or "" for keyword in node.keywords)):
            for part in spoken.lstrip("-").split("__"):
                yield node.lineno, part


# --- Files ------------------------------------------------------------------------------------------------------------

# Assembled from pieces, so that this file does not offend against itself.
PRIVATE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(?:home|root|work|Users)/[\w.-]+",
            r"https?://[^\s\"']*(?:pypi|npmjs|registry|artifactory|mirror)[^\s\"']*",
            r"--(?:extra-)?index-url",
        )
    )
)


def private_places(root: Path, tracked: list[str]) -> list[str]:
    """No absolute path of somebody's machine and no package registry's address in what is kept."""
    complaints = []
    for name in tracked:
        path = root / name
        if path.suffix in {".png", ".ico", ".mo"} or not path.is_file() or name.startswith("tests/house/"):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if found := PRIVATE.search(line):
                complaints.append(f"{name}:{number} names {found.group()}")
    return complaints


def undocumented_settings(root: Path) -> list[str]:
    """Every variable that settings read is described in docs/settings.md, and nothing else is."""
    reader = re.compile(r"_(?:text|flag|number|list)\(\s*\"([A-Z_]+)\"")
    read = set(reader.findall((root / "recruiting" / "settings.py").read_text()))
    page = root / "docs" / "settings.md"
    told = set(re.findall(r"`(KANRYU_[A-Z_]+|DATABASE_URL|REDIS_URL)`", page.read_text() if page.exists() else ""))
    return [f"{name} is read and not described" for name in sorted(read - told)] + [
        f"{name} is described and not read"
        for name in sorted(told - read - {"KANRYU_TEST_DATABASE_URL", "KANRYU_TEST_REDIS_URL"})
    ]
