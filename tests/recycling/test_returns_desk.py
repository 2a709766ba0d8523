from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from recruiting.candidates import services as people
from recruiting.candidates.models import Candidate
from recycling import proposals
from recycling.desk import cards
from recycling.models import PoolEntry, Proposal
from tests.builders import a_manager, a_recruiter, a_team
from tests.builders_candidates import a_candidate, an_agency
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry
from tests.builders_returns import (
    PROPOSED_AT,
    a_proposal,
    an_accepted_proposal,
    an_asked_proposal,
    the_card,
    the_entry,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
DESK = "recycling:returns"


@pytest.fixture(autouse=True)
def now(time_machine: Any) -> Any:
    time_machine.move_to(PROPOSED_AT)
    return timezone.now()


@pytest.fixture
def mine(client: Any, recruiter: Any) -> Any:
    client.force_login(recruiter)
    return client


def cards_in(response: Any) -> list[Proposal]:
    return [row.card for row in response.context["rows"]]


def test_the_desk_shows_my_cards_with_the_first_one_open(mine, recruiter, now):
    card, theirs = a_proposal(by=recruiter, at=now), a_proposal(at=now)

    response = mine.get(reverse(DESK))

    assert cards_in(response) == [card]
    assert response.context["card"] == card
    assert theirs.candidate.name not in response.content.decode()


def test_the_team_sees_the_cards_of_its_members(mine, recruiter, now):
    recruiter.team = a_team()
    recruiter.save()
    colleague = a_proposal(by=a_recruiter(team=recruiter.team), at=now)
    a_proposal(by=a_recruiter(team=a_team()), at=now)

    assert cards_in(mine.get(reverse(DESK), {"tab": "team"})) == [colleague]


def test_a_consent_that_ended_takes_the_card_from_the_desk_at_once(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    people.set_do_not_contact(candidate=card.candidate, why="Asked us", by=recruiter, at=now)

    response = mine.get(reverse(DESK))

    assert cards_in(response) == []
    assert "The desk is clear" in response.content.decode()


def test_an_accepted_card_stands_under_asked(mine, recruiter, now):
    card = an_accepted_proposal(by=recruiter, at=now)

    response = mine.get(reverse(DESK), {"tab": "asked"})

    assert cards_in(response) == [card]
    assert "to be asked" in response.content.decode()
    assert response.context["counts"] == {"mine": 0, "team": 0, "asked": 1, "snoozed": 0, "reviews": 0}


def test_a_stay_comes_up_for_review_on_its_day(mine, recruiter, now):
    due, later = an_entry(by=recruiter), an_entry(by=recruiter)
    PoolEntry.objects.filter(pk=due.pk).update(review_on=now.date())
    PoolEntry.objects.filter(pk=later.pk).update(review_on=now.date() + timedelta(days=3))

    response = mine.get(reverse(DESK), {"tab": "reviews"})

    assert cards_in(response) == [due]
    assert response.context["entry"] == due


def test_the_list_is_narrowed_by_name_job_and_kind(mine, recruiter, now):
    ada = a_proposal(by=recruiter, at=now, candidate=a_candidate(family_name="Lovelace", given_name="Ada"))
    other = a_proposal(by=recruiter, at=now)

    for asked, found in [
        ({"q": "lovel"}, [ada]),
        ({"job": str(other.job_id)}, [other]),
        ({"kind": "skill"}, []),
        ({"check": "1"}, []),
        ({"sort": "oldest"}, [ada, other]),
    ]:
        assert cards_in(mine.get(reverse(DESK), asked)) == found


def test_a_long_desk_is_paged_without_losing_anybody(mine, recruiter, now, monkeypatch):
    monkeypatch.setattr(cards, "SIZE", 2)
    made = [a_proposal(by=recruiter, at=now - timedelta(minutes=place)) for place in range(3)]

    first = mine.get(reverse(DESK))
    second = mine.get(first.context["next_url"])

    assert cards_in(first) + cards_in(second) == made


def test_the_desk_costs_the_same_for_one_card_as_for_four(mine, recruiter, now, django_assert_max_num_queries):
    for _each in range(4):
        a_proposal(by=recruiter, at=now)

    with django_assert_max_num_queries(60):
        mine.get(reverse(DESK))
    with django_assert_max_num_queries(60):
        mine.get(reverse(DESK), {"tab": "reviews"})


@pytest.mark.parametrize("name", [DESK, "recycling:pools", "recycling:resting"])
@pytest.mark.parametrize("who", [a_manager])
def test_the_desk_and_the_pools_are_for_recruiting(client, name, who):
    client.force_login(who())

    assert client.get(reverse(name)).status_code == 403


def test_a_manager_decides_no_card(client, now):
    card = a_proposal(at=now)
    client.force_login(a_manager())

    for verb in ("accept", "said_yes", "snooze", "dismiss", "ask", "said_no"):
        assert client.get(reverse(f"recycling:{verb}", args=[card.pk])).status_code == 403
    assert client.post(reverse("recycling:take_back", args=[card.pk])).status_code == 403


def test_accepting_leads_to_the_text_that_asks_them(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    url = reverse("recycling:accept", args=[card.pk])

    plain = mine.post(url, {"what_changed": "A seat opened", "asker": recruiter.pk})

    assert plain["Location"] == reverse("recycling:ask", args=[card.pk])
    assert the_card(card).state == "accepted"
    page = mine.get(plain["Location"]).content.decode()
    assert "Shall we talk again" in page or "shall we talk again" in page
    assert "mailto:" in page


def test_a_japanese_reader_is_asked_in_japanese(mine, recruiter, now):
    person = a_candidate(family_name="山本", given_name="彩花", name_lang="ja", language="ja")
    card = an_accepted_proposal(by=recruiter, at=now, candidate=person)

    page = mine.get(reverse("recycling:ask", args=[card.pk]), **HTMX).content.decode()

    assert "山本 彩花 様" in page
    assert "お願い申し上げます" in page


def test_the_agency_gets_the_letter_where_it_owns_the_introduction(mine, recruiter, now):
    card = an_accepted_proposal(by=recruiter, at=now)
    agency = an_agency("Kita Search")
    agency.contact_email = "hello@kita.test"
    agency.save()
    terms = people.SourceTerms(channel="agency", came_on=now.date(), agency=agency)
    people.add_source(candidate=card.candidate, terms=terms, by=recruiter, at=now)

    page = mine.get(reverse("recycling:ask", args=[card.pk]), **HTMX).content.decode()

    assert "mailto:hello@kita.test" in page
    assert "ask through them" in page


def test_a_card_somebody_decided_first_answers_with_who_it_was(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    first = a_recruiter(family_name="Sato", given_name="Ren")
    proposals.accept_proposal(proposal=card, what_changed="x", by=first, at=now)

    terms = {"what_changed": "y", "asker": recruiter.pk}
    response = mine.post(reverse("recycling:accept", args=[card.pk]), terms, **HTMX)

    assert response.status_code == 409
    assert "Ren Sato accepted this" in response.content.decode()


def test_what_was_typed_wrong_comes_back_with_the_reason(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)

    response = mine.post(reverse("recycling:snooze", args=[card.pk]), {"until": "soon"}, **HTMX)

    assert response.status_code == 422
    assert the_card(card).state == "open"


def test_after_a_decision_the_next_card_is_shown(mine, recruiter, now):
    card, following = a_proposal(by=recruiter, at=now), a_proposal(by=recruiter, at=now - timedelta(hours=1))

    page = mine.get(reverse(DESK))
    url = f"{reverse('recycling:dismiss', args=[card.pk])}?tab=mine&after={page.context['after']}"
    response = mine.post(url, {"dismissal": "not_this_job"}, **HTMX)

    assert response["HX-Redirect"] == f"{reverse(DESK)}?tab=mine&p={following.pk}"
    assert reverse("recycling:undo_dismissal", args=[card.pk]) in mine.get(response["HX-Redirect"]).content.decode()


def test_a_dismissal_is_taken_back_from_the_toast(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    mine.post(reverse("recycling:dismiss", args=[card.pk]), {"dismissal": "not_this_job"})

    mine.post(reverse("recycling:undo_dismissal", args=[card.pk]))

    assert the_card(card).state == "open"


def test_a_snoozed_card_is_woken_by_hand(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    mine.post(reverse("recycling:snooze", args=[card.pk]), {"until": (now + timedelta(days=9)).date().isoformat()})
    assert cards_in(mine.get(reverse(DESK), {"tab": "snoozed"})) == [card]

    mine.post(reverse("recycling:wake", args=[card.pk]))

    assert the_card(card).state == "open"


def test_their_yes_is_recorded_at_another_stage_and_undone(mine, recruiter, now):
    card = an_asked_proposal(by=recruiter, at=now)
    mine.post(reverse("recycling:said_yes", args=[card.pk]), {"stage": "screening", "kind": "call"})
    back = the_card(card).returned_as
    assert back.stage == "screening"

    mine.post(reverse("recycling:undo_return", args=[back.pk]))

    assert the_entry(card.entry).state == "resting"


def test_their_no_needs_what_its_reason_needs(mine, recruiter, now):
    card = an_asked_proposal(by=recruiter, at=now)
    url, terms = reverse("recycling:said_no", args=[card.pk]), {"reason": "timing.start_date", "kind": "mail"}

    assert mine.post(url, terms, **HTMX).status_code == 409
    assert mine.post(url, {**terms, "due_on": "2028-04-01"}, **HTMX).status_code == 204

    assert the_card(card).state == "declined"
    assert the_entry(card.entry).conditions.get(resolved_at=None).due_on == date(2028, 4, 1)


def test_a_review_is_kept_changed_proposed_or_closed(mine, recruiter):
    kept, changed, thought, closed = (an_entry(by=recruiter) for _each in range(4))
    job = an_open_job("Another")

    mine.post(reverse("recycling:keep", args=[kept.pk]), {"until": "2027-10-01"})
    mine.post(reverse("recycling:change_reason", args=[changed.pk]), {"reason": "process.slow"})
    mine.post(reverse("recycling:propose_by_hand", args=[thought.pk]), {"job": job.pk})
    mine.post(reverse("recycling:close_entry", args=[closed.pk]), {"why": "Moved abroad"})

    assert the_entry(kept).review_on == date(2027, 10, 1)
    assert the_entry(changed).pool.key == "process"
    assert Proposal.objects.get(entry=thought).desk == recruiter
    assert the_entry(closed).state == "closed"


def test_an_erased_person_has_no_card(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    Candidate.objects.filter(pk=card.candidate_id).update(erased_at=now)

    assert mine.get(reverse("recycling:accept", args=[card.pk])).status_code == 404
    assert "no longer there" in mine.get(reverse(DESK), {"p": card.pk}).content.decode()


def test_why_not_others_counts_who_rests_for_the_same(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)
    an_entry(job=card.entry.left.job)

    page = mine.get(reverse("recycling:why_not_others", args=[card.pk]), **HTMX)

    assert page.context["others"].total == 1


def test_the_job_opens_as_a_drawer(mine, recruiter, now):
    card = a_proposal(by=recruiter, at=now)

    assert "Allowed to propose" in mine.get(reverse("recycling:card_job", args=[card.pk])).content.decode()
