from __future__ import annotations

from datetime import timedelta

import pytest

from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs import gates, services
from recruiting.jobs.models import Attribute
from tests.builders import MONDAY, a_lead, a_recruiter
from tests.builders_jobs import a_pipeline, an_attribute, an_open_job

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=2)


def names(job) -> list[str]:
    return [row.name_en for row in gates.attributes_of(job)]


@pytest.mark.parametrize("key", ["mid_career", "new_graduate", "engineering", "simple"])
def test_every_pipeline_has_a_scorecard_whose_points_say_what_they_mean(key):
    rows = gates.attributes_of_pipeline(a_pipeline(key))

    assert 4 <= len(rows) <= 6
    for row in rows:
        assert row.name_en
        assert row.name_ja
        assert row.asks_en
        assert row.asks_ja
        assert [set(row.anchors[score]) for score in "1234"] == [{"en", "ja"}] * 4
        assert all(words for anchor in row.anchors.values() for words in anchor.values())


def test_a_job_asks_what_its_pipeline_asks_until_it_makes_the_scorecard_its_own():
    job = an_open_job()
    services.add_attribute(owner=a_pipeline(), name_en="Writing", by=None, at=MONDAY)
    assert names(job)[-1] == "Writing"

    services.own_attributes(job=job, by=None, at=MONDAY)
    services.add_attribute(owner=a_pipeline(), name_en="Drawing", by=None, at=MONDAY)

    assert names(job)[-1] == "Writing"
    assert names(an_open_job())[-1] == "Drawing"
    with pytest.raises(Refused, match="already has"):
        services.own_attributes(job=job, by=None, at=MONDAY)


def test_an_inherited_scorecard_is_not_changed_from_a_job():
    with pytest.raises(Refused, match="Make it this job's own"):
        services.add_attribute(owner=an_open_job(), name_en="Writing", by=None, at=MONDAY)


def test_a_job_changes_its_own_card_and_the_pipelines_stays():
    job = an_open_job()
    first, second, *_rest = services.own_attributes(job=job, by=None, at=MONDAY)

    services.change_attribute(
        attribute=first,
        changes={"name_en": "Craft", "name_ja": "", "anchors": {"4": {"en": " Teaches it "}}, "needs_note": False},
        by=None,
        at=MONDAY,
    )
    services.place_attribute(attribute=second, later=False, by=None, at=MONDAY)
    services.retire_attribute(attribute=Attribute.objects.get(job=job, name_en="Craft"), by=None, at=MONDAY)

    assert names(job) == ["Solving problems", "Working with others", "Taking responsibility", "Reasons for coming"]
    services.restore_attribute(attribute=first, by=None, at=MONDAY)
    assert names(job)[:2] == ["Solving problems", "Craft"]
    craft = Attribute.objects.get(job=job, name_en="Craft")
    assert (craft.anchor(4), craft.anchor(1), craft.needs_note) == ("Teaches it", "", False)
    assert an_attribute().anchor(1)


def test_what_a_gate_asks_for_is_found_on_the_jobs_own_copy_and_stays_on_the_card():
    job = an_open_job(pipeline="engineering")
    services.own_attributes(job=job, by=None, at=MONDAY)
    copy = Attribute.objects.get(job=job, copied_from=an_attribute("System design", "engineering"))

    asked = [line.criterion.attribute_id for line in gates.gate_of(job, "hire").criteria]

    assert copy.pk in asked
    for attribute in (copy, copy.copied_from):
        with pytest.raises(Refused, match="A gate asks for it"):
            services.retire_attribute(attribute=attribute, by=None, at=MONDAY)


def test_a_card_keeps_one_line_at_least_and_no_name_twice():
    job = an_open_job(pipeline="simple")
    *others, last = services.own_attributes(job=job, by=None, at=MONDAY)
    with pytest.raises(Refused, match="already asks about"):
        services.add_attribute(owner=job, name_ja=last.name_ja, by=None, at=MONDAY)
    with pytest.raises(Refused, match="needs a name"):
        services.add_attribute(owner=job, name_en=" ", by=None, at=MONDAY)
    for row in others:
        services.retire_attribute(attribute=row, by=None, at=MONDAY)

    with pytest.raises(Refused, match="one thing at least"):
        services.retire_attribute(attribute=last, by=None, at=MONDAY)


def test_a_job_goes_back_to_its_pipelines_card_and_undoes_it():
    job = an_open_job()
    mine = services.own_attributes(job=job, by=None, at=MONDAY)
    services.ask_more(
        job=job, to_stage="hire", text_en="Expert", proof="scorecard", attribute=mine[0], by=None, at=MONDAY
    )
    services.add_attribute(owner=job, name_en="Writing", by=None, at=MONDAY)

    services.inherit_attributes(job=job, by=None, at=MONDAY)

    assert names(job)[-1] == "Reasons for coming"
    assert gates.gate_of(job, "hire").criteria[-1].criterion.attribute == an_attribute()
    services.undo_scorecard(job=job, by=None, at=MONDAY)
    assert names(job)[-1] == "Writing"
    assert gates.gate_of(job, "hire").criteria[-1].criterion.attribute == mine[0]


def test_a_job_keeps_its_card_while_its_gate_asks_for_what_only_this_card_has():
    job = an_open_job()
    services.own_attributes(job=job, by=None, at=MONDAY)
    writing = services.add_attribute(owner=job, name_en="Writing", by=None, at=MONDAY)
    services.ask_more(
        job=job, to_stage="hire", text_en="Writes", proof="scorecard", attribute=writing, by=None, at=MONDAY
    )

    with pytest.raises(Refused, match="Take it out of the gate first"):
        services.inherit_attributes(job=job, by=None, at=MONDAY)


def test_what_the_pipeline_asks_since_is_taken_over_to_a_jobs_own_card():
    job = an_open_job()
    services.own_attributes(job=job, by=None, at=MONDAY)
    writing = services.add_attribute(owner=a_pipeline(), name_en="Writing", by=None, at=MONDAY)

    services.take_attribute(job=job, attribute=writing, by=None, at=MONDAY)

    assert names(job)[-1] == "Writing"
    with pytest.raises(Refused, match="already asks about"):
        services.take_attribute(job=job, attribute=writing, by=None, at=MONDAY)


def test_the_second_who_changes_an_attribute_reads_who_was_faster():
    job, first = an_open_job(), a_recruiter()
    row = services.own_attributes(job=job, by=None, at=MONDAY)[0]
    seen = row.state
    services.change_attribute(attribute=row, changes={"asks_en": "Ask twice"}, by=first, at=MONDAY, seen=seen)

    with pytest.raises(Refused) as refused:
        services.change_attribute(attribute=row, changes={"asks_en": "Once"}, by=a_lead(), at=LATER, seen=seen)

    assert refused.value.code == "moved"
    assert f"{first.name} changed this 2 hours ago" in refused.value.message
    assert Event.objects.get(verb="attribute.changed").data["changed"] == ["asks_en"]
