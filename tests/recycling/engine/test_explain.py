"""Why now, why not, until when; and who is worth asking without being proposed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruiting.candidates import services as people
from recycling import explain
from recycling.models import Proposal
from tests.builders import MONDAY, a_recruiter, moment
from tests.builders_engine import a_skill, an_evidence, evaluated, fresh, the_card_of
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LEFT = MONDAY + DAY * 10
SOON = LEFT + DAY * 3
DUE = moment("2027-03-05")


def lines(entry, at) -> dict[str, explain.Line]:
    return {line.topic: line for line in reversed(explain.why_not(fresh(entry), at))}


def test_a_date_says_how_far_it_is_and_from_when_they_are_asked():
    entry = an_entry("timing.start_date", at=LEFT)

    line = lines(entry, moment("2027-02-21"))["condition"]

    assert (line.is_resolved, str(line.until)) == (False, "2027-03-02")
    assert "in 39 days" in line.text


def test_a_missing_skill_says_which_level_is_asked_and_which_was_held():
    job = an_open_job(asks=(("Kubernetes", 3),))
    from tests.builders_funnel import an_application

    application = an_application(job=job, through="interview")
    an_evidence(application.candidate, "kubernetes", 1, at=MONDAY)
    entry = an_entry("skill.must_have", application=application, at=LEFT)

    line = lines(entry, SOON)["condition"]

    assert (line.is_resolved, line.held, line.asked) == (False, 1, 3)
    assert "Kubernetes" in line.text


def test_everything_in_the_way_is_counted_and_named():
    job = an_open_job(asks=(("Kubernetes", 3),), band_max=9_000_000)
    order = {"further": ["skill.must_have", "terms.pay"], "pay_floor": 12_000_000}
    entry = an_entry("timing.start_date", job=job, at=LEFT, order=order)

    text = lines(entry, DUE)["job"].text

    assert "1 of 3 reasons resolved" in text
    assert "Kubernetes" in text
    assert "pay" in text


def test_the_blocks_of_a_person_are_lines_of_their_own():
    entry = an_entry("timing.start_date", at=LEFT)
    people.set_do_not_contact(candidate=entry.candidate, why="Asked us to stop", by=a_recruiter(), at=SOON)

    assert [line.label for line in explain.block_lines(entry.candidate, SOON)][:1] == ["opted_out"]


def test_why_now_names_the_evidence_who_said_so_and_what_is_still_valid():
    job = an_open_job(asks=(("Kubernetes", 3), "Python"))
    entry = an_entry("skill.must_have", job=job, at=LEFT, order={"failed": failed("kubernetes")})
    recruiter = a_recruiter()
    an_evidence(entry.candidate, "python", 4, at=LEFT - DAY, state="declared", source="cv")
    shown = an_evidence(entry.candidate, "kubernetes", 3, at=SOON, by=recruiter)
    evaluated(entry.candidate, SOON)

    why = explain.why_now(the_card_of(entry.candidate), SOON)

    assert (why.kind, why.holds, why.check_first) == ("skill", True, True)
    assert "Kubernetes" in why.then
    assert [row.evidence for row in why.evidence if row.is_confirmed] == [shown]
    assert [row.stage for row in why.still_valid] == ["screening"]
    assert any("Python" in text for text in why.check_again)
    assert why.other_jobs == []


def failed(key: str):
    from recycling.leaving import Failed

    return [Failed(a_skill(key), 3)]


def test_a_card_lists_the_other_jobs_that_hold_as_well():
    entry = an_entry("timing.start_date", at=LEFT)
    an_evidence(entry.candidate, "python", 4, at=LEFT)
    other = an_open_job("Other", asks=("Python",), at=SOON)
    evaluated(entry.candidate, DUE)

    assert explain.why_now(the_card_of(entry.candidate), DUE).other_jobs == [other]


def test_an_agency_that_owns_the_introduction_is_named_as_the_way_to_ask():
    from tests.builders_candidates import an_agency

    entry = an_entry("timing.start_date", at=LEFT)
    owned = {"channel": "agency", "agency": an_agency("Hayabusa"), "came_on": LEFT.date()}
    people.add_source(candidate=entry.candidate, owned_until=(DUE + DAY).date(), by=a_recruiter(), at=LEFT, **owned)
    evaluated(entry.candidate, DUE)

    assert str(explain.why_now(the_card_of(entry.candidate), DUE).through.agency) == "Hayabusa"
    assert explain.now.owning_agency(entry.candidate_id, DUE + DAY) is None


def test_who_is_in_reach_with_must_haves_nobody_knows_is_worth_asking_and_never_proposed():
    unknown, known_short, fits = (an_entry("interest.withdrew", at=LEFT) for _ in range(3))
    far = an_entry("interest.withdrew", job=an_open_job(level=1), at=LEFT)
    job = an_open_job("New", asks=(("Kubernetes", 3),), at=SOON)
    an_evidence(known_short.candidate, "kubernetes", 1, at=SOON)
    an_evidence(fits.candidate, "kubernetes", 4, at=SOON)
    for entry in (unknown, known_short, fits, far):
        evaluated(entry.candidate, SOON)

    found = explain.worth_asking(job, SOON)

    assert [row.candidate for row in found] == [unknown.candidate]
    assert [str(requirement) for requirement in found[0].unknown] == ["Kubernetes"]
    assert explain.worth_asking(job, SOON, before=unknown.candidate_id) == []
    assert not Proposal.objects.exists()
