"""Two kinds of the tests' own, so that the rules are tried without the trade."""

from __future__ import annotations

from recruiting.notices.kinds import About, Kind, Said, register, when
from recruiting.notices.models import Way


def _words(about: About) -> Said:
    due = f"Due {when(about['due'])}." if "due" in about else ""
    return Said(f"{about['from']} offers you {about['name']}.", due, about.get("why", ""))


WAITS = register(Kind("test.waits", "A test waits", "Tests", _words, is_essential=True, default_mail=Way.AT_ONCE))
NEWS = register(Kind("test.news", "News of a test", "Tests", _words, default_mail=Way.AT_ONCE))
LATER = register(Kind("test.later", "A test in the summary", "Tests", _words))
