"""A file of the JSON Resume format becomes an Arrival; what the schema does not allow is refused by the field's name.

The schema in json_resume/ is the project's own (MIT, see the notice beside it). Extra keys are allowed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

from recruiting.candidates.models import ContactKind
from recruiting.candidates.normal import web_address
from recruiting.candidates.services import normal_of
from recruiting.core.refused import Refused
from recruiting.integrations.reading.arrivals import LONG, NAME, PLACE, Arrival, Basis
from recruiting.integrations.reading.decoding import clean
from recruiting.integrations.reading.values import day_from, split_name

SCHEMA = Path(__file__).parent.parent / "json_resume" / "schema.json"
MOST_SKILLS = 200
WRONG = {"string": "not_text", "array": "not_list", "object": "not_group"}


@cache
def _validator() -> Draft7Validator:
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def read_resume(content: bytes, *, number: int, name: str, basis: Basis | None, country: str) -> Arrival:
    """The person of one file. `number` is the file's place among those given; `name` the file's own."""
    try:
        resume = json.loads(clean(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as wrong:
        return _refused(number, name, "no_json", why=str(wrong)[:200])
    wrong_field = best_match(_validator().iter_errors(resume))
    if wrong_field is not None:
        kind = WRONG.get(str(wrong_field.validator_value), "invalid_field")
        code = "not_day" if wrong_field.validator == "pattern" else kind
        return _refused(number, name, code, field=_field(wrong_field), why=wrong_field.message)
    key = json.dumps(resume, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    arrival = Arrival(number, f"resume:{sha1(key, usedforsecurity=False).hexdigest()[:24]}", basis=basis)
    _read_basics(arrival, resume.get("basics", {}), country)
    _read_work(arrival, resume.get("work", []))
    arrival.skills = list(dict.fromkeys((clean(term)[:120], level) for term, level in _skills(resume)))[:MOST_SKILLS]
    modified = str(resume.get("meta", {}).get("lastModified", ""))
    arrival.seen_on = day_from(modified)
    if not (arrival.family or arrival.given):
        email = next((normal for kind, _value, normal in arrival.points if kind == ContactKind.EMAIL), "")
        arrival.shown = (email.partition("@")[0] or Path(name).stem)[:NAME]
        arrival.say("no_name", shown=arrival.shown)
    return arrival


def _refused(number: int, name: str, code: str, **terms: str) -> Arrival:
    arrival = Arrival(number, "", shown=name[:NAME], is_refused=True)
    arrival.say(code, **terms)
    return arrival


def _field(wrong: ValidationError) -> str:
    """Where it is, counted from one: basics.profiles[1].url."""
    path = ""
    for part in wrong.absolute_path:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".") or "resume"


def _read_basics(arrival: Arrival, basics: dict[str, Any], country: str) -> None:
    arrival.family, arrival.given = (part[:NAME] for part in split_name(clean(basics.get("name", ""))))
    place = basics.get("location", {})
    code = place.get("countryCode", "").strip().upper()
    arrival.country = code if len(code) == 2 and code.isascii() and code.isalpha() else ""
    arrival.location = ", ".join(part for key in ("city", "region") if (part := clean(place.get(key, "")).strip()))[
        :PLACE
    ]
    arrival.title = clean(basics.get("label", "")).strip()[:LONG]
    for kind, key in ((ContactKind.EMAIL, "email"), (ContactKind.PHONE, "phone")):
        value = clean(basics.get(key, "")).strip()
        if value:
            _add_point(arrival, kind, value, arrival.country or country, code=f"bad_{key}")
    for link in [basics.get("url", ""), *(profile.get("url", "") for profile in basics.get("profiles", []))]:
        address = web_address(clean(link))
        if address and address not in arrival.links:
            arrival.links.append(address)
        if "linkedin.com/" in address:
            _add_point(arrival, ContactKind.LINKEDIN, address, country, code="bad_link")
    if summary := clean(basics.get("summary", "")).strip():
        arrival.extra["summary"] = summary


def _add_point(arrival: Arrival, kind: str, value: str, country: str, *, code: str) -> None:
    try:
        arrival.points.append((kind, value[:254], normal_of(kind, value, country)[:254]))
    except Refused:
        arrival.say(code, value=value)
        arrival.extra[code.removeprefix("bad_")] = value


def _read_work(arrival: Arrival, work: list[dict[str, Any]]) -> None:
    """Where they work now: the post without an end; else the one that ended last. The format writes newest first."""
    if not work:
        return
    latest = max(work, key=lambda post: (post.get("endDate") or "9999", post.get("startDate") or ""))
    arrival.employer = clean(latest.get("name", "")).strip()[:LONG]
    arrival.title = clean(latest.get("position", "")).strip()[:LONG] or arrival.title
    arrival.since = _day(latest.get("startDate", ""))


def _day(written: str) -> date | None:
    return day_from(written) if written else None


def _skills(resume: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Keywords are the skills, their group's name only a heading, unless it stands alone. Languages with fluency."""
    for group in resume.get("skills", []):
        words = [word for word in group.get("keywords", []) if word.strip()]
        for word in words or [group.get("name", "")]:
            if word.strip():
                yield word.strip(), ""
    for spoken in resume.get("languages", []):
        if spoken.get("language", "").strip():
            yield spoken["language"].strip(), spoken.get("fluency", "").strip()
