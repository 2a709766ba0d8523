"""What colleagues write down: notes that name each other, tags, and the answer "two people"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Note, NotTheSame, Tag
from recruiting.candidates.services.tell import tell
from recruiting.core.refused import Refused


@transaction.atomic
def add_note(*, candidate: Candidate, text: str, by: User, at: datetime, is_pinned: bool = False) -> Note:
    """A note; every colleague whose name follows an @ is named by it."""
    if not text.strip():
        raise Refused(_("The note is empty."), code="invalid")
    note = Note.objects.create(
        candidate=candidate, text=text.strip(), is_pinned=is_pinned, written_at=at, written_by=by
    )
    named = colleagues_named_in(text)
    note.mentions.set(named)
    tell("noted", candidate, by=by, at=at, data={"note": note.pk, "mentions": [user.pk for user in named]})
    return note


@transaction.atomic
def pin_note(*, note: Note, is_pinned: bool, by: User, at: datetime) -> Note:
    """What everybody should read first stays on top."""
    note.is_pinned = is_pinned
    note.save(update_fields=["is_pinned"])
    tell("note_pinned" if is_pinned else "note_unpinned", note.candidate, by=by, at=at, data={"note": note.pk})
    return note


@transaction.atomic
def remove_note(*, note: Note, by: User, at: datetime) -> Note:
    """Out of sight; only who wrote it takes it away."""
    if note.written_by_id != by.pk:
        raise Refused(_("Only %(name)s can take this note away.") % {"name": note.written_by})
    note.removed_at = at
    note.save(update_fields=["removed_at"])
    tell("note_removed", note.candidate, by=by, at=at, data={"note": note.pk})
    return note


def colleagues_named_in(text: str) -> list[User]:
    """Those at work whose name, e-mail's first part or family name follows an @; the longest name wins."""
    pieces = text.split("@")[1:]
    if not pieces:
        return []
    spellings = {
        spelling.casefold(): user
        for user in User.objects.filter(is_active=True).order_by("-pk")
        for spelling in (user.family_name, user.email.split("@")[0], user.name.replace(" ", ""), user.name)
        if spelling
    }
    longest_first = sorted(spellings, key=len, reverse=True)
    found = {}
    for piece in pieces:
        spelling = next((name for name in longest_first if piece.casefold().startswith(name)), None)
        if spelling:
            found[spellings[spelling].pk] = spellings[spelling]
    return list(found.values())


@transaction.atomic
def tag(*, candidate: Candidate, name: str, by: User | None, at: datetime) -> Tag:
    """Put a person on a hand-made list; the list is made when it is new."""
    found = _tag_named(name)
    _put_on(found, [candidate], by=by, at=at)
    return found


@transaction.atomic
def tag_many(*, candidates: Iterable[Candidate], name: str, by: User | None, at: datetime) -> int:
    """The same for several people at once; how many were not on it before."""
    return _put_on(_tag_named(name), list(candidates), by=by, at=at)


@transaction.atomic
def untag(*, candidate: Candidate, tag: Tag, by: User | None, at: datetime) -> Candidate:
    candidate.tags.remove(tag)
    tell("untagged", candidate, by=by, at=at, data={"tag": tag.name})
    return candidate


@transaction.atomic
def say_two_people(*, one: Candidate, other: Candidate, by: User, at: datetime) -> NotTheSame:
    """Somebody looked: these are two people, and they are not shown as one again."""
    if one.pk == other.pk:
        raise Refused(_("That is one and the same record."), code="invalid")
    first, second = sorted((one, other), key=lambda person: person.pk)
    told_apart, is_new = NotTheSame.objects.get_or_create(
        first=first, second=second, defaults={"said_at": at, "said_by": by}
    )
    if is_new:
        for person, twin in ((first, second), (second, first)):
            tell("told_apart", person, by=by, at=at, data={"from": twin.pk})
    return told_apart


def _tag_named(name: str) -> Tag:
    wanted = " ".join(name.split())[:60]
    if not wanted:
        raise Refused(_("A tag needs a name."), code="invalid")
    return Tag.objects.filter(name__iexact=wanted).first() or Tag.objects.create(name=wanted)


def _put_on(tag: Tag, candidates: list[Candidate], *, by: User | None, at: datetime) -> int:
    on_it = set(tag.people.filter(pk__in=[person.pk for person in candidates]).values_list("pk", flat=True))
    new = [person for person in candidates if person.pk not in on_it]
    tag.people.add(*new)
    for person in new:
        tell("tagged", person, by=by, at=at, data={"tag": tag.name})
    return len(new)
