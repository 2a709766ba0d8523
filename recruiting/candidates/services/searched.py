"""What search looks in, kept true after a name, an address or an employer changed."""

from __future__ import annotations

from django.db import connections, router

from recruiting.candidates.models import Candidate, ContactKind, ContactPoint
from recruiting.candidates.normal import search_text, searched_phone


def refresh_search_text(*, candidate: Candidate) -> None:
    found = ContactPoint.objects.filter(candidate=candidate, kind__in=[ContactKind.EMAIL, ContactKind.PHONE])
    addresses = [
        searched_phone(normal) if kind == ContactKind.PHONE else normal
        for kind, normal in found.values_list("kind", "normal")
    ]
    candidate.search_text = search_text_of(candidate, addresses)
    candidate.save(update_fields=["search_text"])


def search_text_of(candidate: Candidate, addresses: list[str]) -> str:
    return search_text(
        family=candidate.family_name,
        given=candidate.given_name,
        kana=(candidate.family_kana, candidate.given_kana),
        others=[*addresses, candidate.employer, candidate.title],
    )


def settle_search() -> None:
    """After an import: what waits to be written into the index of search is written, so that nobody's search waits."""
    connection = connections[router.db_for_write(Candidate)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('candidate_trigrams')")
