"""Three kinds of the tests' own, so that the rules are tried without the trade."""

from __future__ import annotations

from recruiting.notices.kinds import About, Group, Kind, Said, register, when
from recruiting.notices.models import Way


def _words(about: About) -> Said:
    due = f"Due {when(about['due'])}." if "due" in about else ""
    return Said(f"{about['from']} offers you {about['name']}.", due, about.get("why", ""))


TESTS = Group("tests", "Tests")
WAITS = register(Kind("test.waits", "A test waits", TESTS, _words, is_essential=True, default_mail=Way.AT_ONCE))
NEWS = register(Kind("test.news", "News of a test", TESTS, _words, default_mail=Way.AT_ONCE))
LATER = register(Kind("test.later", "A test in the summary", TESTS, _words))
