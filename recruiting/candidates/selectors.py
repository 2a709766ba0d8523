"""Reading people: search, and who may be the same person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from recruiting.candidates.models import Candidate, ContactKind, ContactPoint, NotTheSame
from recruiting.candidates.models.people import CandidateQuerySet
from recruiting.candidates.normal import normal_email, words

SAME_ON = (ContactKind.EMAIL, ContactKind.PHONE)


def search(queryset: CandidateQuerySet, text: str) -> CandidateQuerySet:
    """Everybody in whom each word is found: names in any order and kana, e-mail, phone, employer, title.

    A word of one or two characters must begin one of theirs: with the space before it, a name of two Japanese
    characters has a trigram too, and one index answers everything (candidate_trigrams).
    """
    found = queryset
    for word in words(text):
        found = found.filter(search_text__contains=word if len(word) >= 3 else f" {word}")
    return found


def possible_duplicates(candidate: Candidate) -> QuerySet[Candidate]:
    """Others who have one of this person's e-mail addresses or numbers, but for those told apart already."""
    theirs = ContactPoint.objects.filter(candidate=candidate, kind__in=SAME_ON).values_list("kind", "normal")
    apart = NotTheSame.objects.filter(Q(first=candidate) | Q(second=candidate)).values_list("first", "second")
    told_apart = {key for pair in apart for key in pair} | {candidate.pk}
    return people_with(theirs).exclude(pk__in=told_apart)


def people_with(addresses: Iterable[tuple[str, str]]) -> QuerySet[Candidate]:
    """Everybody who has one of these (kind, normal form)."""
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for kind, normal in addresses:
        by_kind[kind].add(normal)
    same = Q(pk__in=[])
    for kind, normals in by_kind.items():
        same |= Q(kind=kind, normal__in=normals)
    return Candidate.objects.filter(erased_at=None, pk__in=ContactPoint.objects.filter(same).values("candidate"))


def people_by_email(emails: Collection[str]) -> dict[str, list[Candidate]]:
    """Who has which of these addresses, keyed by its normal form; two queries however many are asked."""
    normals = {normal_email(email) for email in emails}
    found: defaultdict[str, list[Candidate]] = defaultdict(list)
    points = ContactPoint.objects.filter(kind=ContactKind.EMAIL, normal__in=normals, candidate__erased_at=None)
    for point in points.select_related("candidate").order_by("candidate"):
        found[point.normal].append(point.candidate)
    return dict(found)
