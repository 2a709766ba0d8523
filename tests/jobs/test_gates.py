from __future__ import annotations

import pytest

from recruiting.jobs import gates, services
from recruiting.jobs.models import BORDERS, Criterion, Gate, PipelineTemplate, Proof
from tests.builders_jobs import a_pipeline, an_open_job

pytestmark = pytest.mark.django_db

PIPELINES = ("mid_career", "new_graduate", "engineering", "simple")


@pytest.mark.parametrize("key", PIPELINES)
def test_every_pipeline_comes_with_three_gates_and_a_checklist_in_both_languages(key):
    job = an_open_job(pipeline=key)

    today = gates.gates_of(job)

    assert set(today) == set(BORDERS)
    for gate in today.values():
        assert 3 <= len(gate.criteria) <= 5
        assert any(asked.is_must for asked in gate.criteria)
        assert all(asked.criterion.text_en and asked.criterion.text_ja for asked in gate.criteria)
        assert gate.warn_hours < gate.miss_hours
    assert (today["hire"].warn_hours, today["hire"].miss_hours) == (4, 8)
    assert (today["interview"].warn_hours, today["interview"].miss_hours) == (8, 12)


def test_seeding_gives_a_pipeline_the_border_it_lacks_and_leaves_the_others_alone():
    Gate.objects.get(pipeline=a_pipeline("simple"), to_stage="hire").delete()
    kept = Criterion.objects.filter(gate__pipeline=a_pipeline("simple"), gate__to_stage="interview").first()
    Criterion.objects.filter(pk=kept.pk).update(text_en="Our own words", is_retired=True)

    assert services.seed_jobs() == 4
    assert services.seed_jobs() == 0

    assert Gate.objects.filter(pipeline=a_pipeline("simple")).count() == 3
    assert Criterion.objects.get(pk=kept.pk).text_en == "Our own words"
    overall = Criterion.objects.filter(gate__pipeline=a_pipeline("simple"), proof=Proof.SCORECARD)
    assert [each.attribute for each in overall] == [None]


def test_a_criterion_that_asks_for_an_attribute_asks_for_one_of_its_own_pipeline():
    asked = Criterion.objects.filter(attribute__isnull=False).select_related("attribute", "gate")

    assert {each.gate.pipeline_id == each.attribute.pipeline_id for each in asked} == {True}
    assert PipelineTemplate.objects.filter(attributes__isnull=False).distinct().count() == len(PIPELINES)
