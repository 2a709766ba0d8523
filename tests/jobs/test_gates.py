from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs import gates, services
from recruiting.jobs.models import BORDERS, Criterion, Gate, PipelineTemplate, Proof
from recruiting.skills.selectors import resolve_term
from tests.builders import MONDAY, a_lead, a_recruiter, at_once
from tests.builders_jobs import a_criterion, a_gate, a_pipeline, an_attribute, an_open_job

pytestmark = pytest.mark.django_db

PIPELINES = ("mid_career", "new_graduate", "engineering", "simple")
LATER = MONDAY + timedelta(hours=1)


def texts(job, to_stage: str = "interview") -> list[str]:
    return [asked.text for asked in gates.gate_of(job, to_stage).criteria]


# --- What a house begins with -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PIPELINES)
def test_every_pipeline_comes_with_three_gates_and_a_checklist_in_both_languages(key):
    job = an_open_job(pipeline=key)

    today = gates.gates_of(job)

    assert tuple(today) == BORDERS
    for gate in today.values():
        assert 3 <= len(gate.criteria) <= 5
        assert any(asked.is_must for asked in gate.criteria)
        assert all(asked.criterion.text_en and asked.criterion.text_ja for asked in gate.criteria)
    assert (today["hire"].warn_hours, today["hire"].miss_hours) == (4, 8)
    assert (today["interview"].warn_hours, today["interview"].miss_hours) == (8, 12)
    assert (today["interview"].from_label, today["interview"].to_label) == ("Screening", "Interview")


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


def test_what_is_asked_about_pay_says_so():
    about_pay = Criterion.objects.filter(is_about_pay=True)

    assert about_pay.count() == 7
    assert not [text for text in about_pay.values_list("text_ja", flat=True) if "年収" not in text and "給" not in text]
    assert not Criterion.objects.filter(is_about_pay=False, text_ja__contains="年収").exists()


def test_a_criterion_that_asks_for_an_attribute_asks_for_one_of_its_own_pipeline():
    asked = Criterion.objects.filter(attribute__isnull=False).select_related("attribute", "gate")

    assert {each.gate.pipeline_id == each.attribute.pipeline_id for each in asked} == {True}
    assert PipelineTemplate.objects.filter(attributes__isnull=False).distinct().count() == len(PIPELINES)


# --- A pipeline's gate ------------------------------------------------------------------------------------------------


def test_another_clock_of_the_pipeline_holds_for_its_jobs_and_is_signed():
    lead, job = a_lead(), an_open_job()

    gate = services.change_gate(gate=a_gate(), changes={"warn_hours": 6, "miss_hours": 10}, by=lead, at=MONDAY)

    today = gates.gate_of(job, "interview")
    assert (today.warn_hours, today.miss_hours, today.version) == (6, 10, "2")
    assert (gate.changed_by, gate.changed_at) == (lead, MONDAY)
    event = Event.objects.get(verb="gate.changed")
    assert event.by == lead
    assert event.data["before"] == {"warn_hours": 8, "miss_hours": 12}


def test_saving_what_stands_there_changes_nothing():
    services.change_gate(gate=a_gate(), changes={"warn_hours": 8, "receiver": "hiring_manager"}, by=None, at=MONDAY)

    assert a_gate().version == 1
    assert not Event.objects.filter(subject="gate").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"warn_hours": 12},
        {"warn_hours": 20, "miss_hours": 16},
        {"miss_hours": 81},
        {"warn_hours": 0},
        {"warn_hours": None},
        {"sender": "interviewer"},
        {"receiver": "interviewer"},
        {"receiver": "sourcer"},
        {"sender": ""},
    ],
)
def test_a_gate_warns_before_it_is_due_and_has_somebody_on_both_sides(changes):
    with pytest.raises(Refused) as refused:
        services.change_gate(gate=a_gate(), changes=changes, by=None, at=MONDAY)

    assert refused.value.code == "invalid"
    assert a_gate().version == 1


def test_the_second_of_two_leads_reads_who_was_faster_and_when():
    first = a_lead(family_name="Ito", given_name="Mei", name_lang="en")
    seen = a_gate()
    services.change_gate(gate=seen, changes={"miss_hours": 10}, by=first, at=MONDAY)

    with pytest.raises(Refused, match=rf"{first.name} changed this gate 1 hour ago") as refused:
        services.add_criterion(gate=seen, text_en="Portfolio", by=a_lead(), at=LATER, seen_version=seen.version)

    assert refused.value.code == "moved"
    assert "Portfolio" not in set(Criterion.objects.values_list("text_en", flat=True))


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_at_once_one_changes_the_gate():
    gate, lead = a_gate(), a_lead()

    said = at_once(
        *(
            lambda hours=hours: services.change_gate(
                gate=gate, changes={"miss_hours": hours}, by=lead, at=MONDAY, seen_version=1
            )
            for hours in (9, 10)
        )
    )

    assert said == ["", "moved"]
    assert a_gate().version == 2


def test_a_line_is_added_changed_placed_retired_and_asked_again():
    job, go = an_open_job(), resolve_term("Go")
    line = services.add_criterion(
        gate=a_gate(), text_ja="ポートフォリオ", weight="nice", proof="skill", skill=go, level=3, by=None, at=MONDAY
    )
    assert texts(job)[-1] == "ポートフォリオ"  # in the one language it has, until there is another

    services.change_criterion(criterion=line, changes={"text_en": "Portfolio", "proof": "note"}, by=None, at=MONDAY)
    line = Criterion.objects.select_related("gate").get(pk=line.pk)
    assert (line.skill, line.level, texts(job)[-1]) == (None, None, "Portfolio")
    with translation.override("ja"):
        assert str(line) == "ポートフォリオ"

    services.place_criterion(criterion=line, later=False, by=None, at=MONDAY)
    assert texts(job)[-2] == "Portfolio"

    services.retire_criterion(criterion=line, by=None, at=MONDAY)
    assert "Portfolio" not in texts(job)
    services.restore_criterion(criterion=line, by=None, at=MONDAY)
    assert texts(job)[-2] == "Portfolio"
    assert a_gate().version == 6


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"text_en": "  "}, "invalid"),
        ({"text_en": "cv ATTACHED"}, "already_asked"),
        ({"text_en": "Go", "proof": "skill", "level": 3}, "invalid"),
        ({"text_en": "Odd", "weight": "heavy"}, "invalid"),
    ],
)
def test_a_line_has_words_and_is_asked_once(line, code):
    with pytest.raises(Refused) as refused:
        services.add_criterion(gate=a_gate(), by=None, at=MONDAY, **line)

    assert refused.value.code == code


def test_a_gate_asks_for_an_attribute_of_its_own_scorecard():
    theirs = an_attribute("Code", "engineering")

    with pytest.raises(Refused, match="not on this scorecard"):
        services.add_criterion(
            gate=a_gate("hire"), text_en="Codes", proof="scorecard", attribute=theirs, by=None, at=MONDAY
        )

    ours = services.add_criterion(
        gate=a_gate("hire"), text_en="Expert", proof="scorecard", attribute=an_attribute(), by=None, at=MONDAY
    )
    assert ours.evidence == "Expertise"
    assert a_criterion("scorecard", to_stage="hire").evidence == "Scorecards: overall yes"
    assert a_criterion("skill").evidence == "The job's must-have skills"


# --- A job can only be stricter ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("warn", "miss", "code", "kept"),
    [
        (4, 8, "", (4, 8)),
        (8, 10, "", (8, 10)),
        (None, 10, "", (8, 10)),
        (8, 12, "", (8, 12)),
        (9, 12, "looser", (8, 12)),
        (8, 13, "looser", (8, 12)),
        (16, 24, "looser", (8, 12)),
        (6, 6, "invalid", (8, 12)),
        (None, 8, "invalid", (8, 12)),
    ],
)
def test_a_job_shortens_its_clocks_and_never_lengthens_them(warn, miss, code, kept):
    job = an_open_job()
    said = ""

    try:
        services.tighten(
            job=job, to_stage="interview", changes={"warn_hours": warn, "miss_hours": miss}, by=None, at=MONDAY
        )
    except Refused as refused:
        said = refused.code

    today = gates.gate_of(job, "interview")
    assert (said, (today.warn_hours, today.miss_hours)) == (code, kept)
    assert today.has_own_clock is (kept != (8, 12))


def test_a_refusal_to_loosen_says_what_is_allowed():
    with pytest.raises(Refused, match="warn after at most 8 working hours, due within at most 12"):
        services.tighten(job=an_open_job(), to_stage="interview", changes={"miss_hours": 40}, by=None, at=MONDAY)


def test_a_job_gives_a_border_other_seats_and_back():
    job = an_open_job()
    services.tighten(job=job, to_stage="hire", changes={"receiver": "approver"}, by=None, at=MONDAY)
    today = gates.gate_of(job, "hire")
    assert (today.receiver, today.sender, today.version, today.has_own_seats) == ("approver", "recruiter", "1+1", True)

    services.tighten(job=job, to_stage="hire", changes={"receiver": "final_decider"}, by=None, at=MONDAY)

    today = gates.gate_of(job, "hire")
    assert (today.receiver, today.version, today.is_tightened) == ("final_decider", "1+2", False)
    assert gates.gate_of(an_open_job(), "hire").own is None


@pytest.mark.parametrize(
    ("asked", "weight", "code"),
    [
        ("nice", "must", ""),
        ("information", "nice", ""),
        ("information", "must", ""),
        ("must", "nice", "looser"),
        ("nice", "information", "looser"),
        ("must", "heavy", "looser"),
    ],
)
def test_a_job_takes_a_line_more_seriously_and_never_less(asked, weight, code):
    job, criterion, said = an_open_job(), a_criterion("note", asked), ""

    try:
        services.raise_criterion(job=job, criterion=criterion, weight=weight, by=None, at=MONDAY)
    except Refused as refused:
        said = refused.code

    today = {line.criterion.pk: line for line in gates.gate_of(job, "interview").criteria}[criterion.pk]
    assert (said, today.weight) == (code, asked if code else weight)
    elsewhere = gates.gate_of(an_open_job(), "interview").criteria
    assert asked in {line.weight for line in elsewhere if line.criterion.pk == criterion.pk}


def test_a_job_takes_its_heavier_weight_back_and_gives_it_again():
    job, criterion = an_open_job(), a_criterion("note", "nice")
    for weight in ("must", "nice", "must", "must"):
        services.raise_criterion(job=job, criterion=criterion, weight=weight, by=None, at=MONDAY)

    today = gates.gate_of(job, "interview")
    assert [line.text for line in today.criteria if line.is_raised] == [criterion.text_en]
    assert today.version == "1+3"


def test_a_job_asks_more_after_what_its_pipeline_asks():
    job = an_open_job()
    line = services.ask_more(job=job, to_stage="interview", text_en="Driving licence", by=None, at=MONDAY)

    assert texts(job)[-1] == "Driving licence"
    assert "Driving licence" not in texts(an_open_job())
    with pytest.raises(Refused, match="already asks"):
        services.ask_more(job=job, to_stage="interview", text_en="CV attached", by=None, at=MONDAY)
    services.retire_criterion(criterion=line, by=None, at=MONDAY)
    assert not gates.gate_of(job, "interview").is_tightened


def test_everything_a_job_made_stricter_is_taken_back_at_once_and_returned():
    job, lead = an_open_job(), a_lead()
    services.tighten(job=job, to_stage="interview", changes={"warn_hours": 2, "miss_hours": 4}, by=lead, at=MONDAY)
    services.raise_criterion(job=job, criterion=a_criterion("note", "nice"), weight="must", by=lead, at=MONDAY)
    services.ask_more(job=job, to_stage="interview", text_en="Driving licence", by=lead, at=MONDAY)
    stricter = gates.gate_of(job, "interview")

    services.loosen(job=job, to_stage="interview", by=lead, at=MONDAY)
    plain = gates.gate_of(job, "interview")
    services.undo_loosen(job=job, to_stage="interview", by=lead, at=LATER)
    again = gates.gate_of(job, "interview")

    assert (plain.is_tightened, plain.miss_hours, len(plain.criteria)) == (False, 12, 5)
    assert (again.miss_hours, again.criteria) == (stricter.miss_hours, stricter.criteria)
    with pytest.raises(Refused, match="changed since"):
        services.undo_loosen(job=job, to_stage="interview", by=lead, at=LATER)


def test_a_pipeline_that_becomes_stricter_than_the_job_wins():
    job = an_open_job()
    services.tighten(job=job, to_stage="interview", changes={"miss_hours": 10}, by=None, at=MONDAY)

    services.change_gate(gate=a_gate(), changes={"warn_hours": 2, "miss_hours": 4}, by=None, at=MONDAY)
    shorter = gates.gate_of(job, "interview")
    services.change_gate(gate=a_gate(), changes={"warn_hours": 20, "miss_hours": 30}, by=None, at=MONDAY)
    longer = gates.gate_of(job, "interview")

    assert (shorter.warn_hours, shorter.miss_hours) == (2, 4)
    assert (longer.warn_hours, longer.miss_hours) == (8, 10)  # what the job said still holds, and in order


def test_the_second_recruiter_reads_who_made_the_border_stricter():
    job, first = an_open_job(), a_recruiter(family_name="Ito", given_name="Mei")
    seen = gates.gate_of(job, "hire").version
    services.tighten(job=job, to_stage="hire", changes={"miss_hours": 6}, by=first, at=MONDAY)

    with pytest.raises(Refused, match="changed this gate 1 hour ago"):
        services.ask_more(job=job, to_stage="hire", text_en="Licence", by=None, at=LATER, seen_version=seen)
    services.ask_more(job=job, to_stage="hire", text_en="Licence", by=None, at=LATER, seen_version="1+1")
    services.change_gate(gate=a_gate("hire"), changes={"receiver": "approver"}, by=a_lead(), at=LATER)
    with pytest.raises(Refused, match="changed this gate"):
        services.loosen(job=job, to_stage="hire", by=None, at=LATER, seen_version="1+2")


@pytest.mark.django_db(transaction=True)
def test_of_two_recruiters_at_once_one_makes_the_border_stricter():
    job, recruiter = an_open_job(), a_recruiter()

    said = at_once(
        *(
            lambda hours=hours: services.tighten(
                job=job, to_stage="hire", changes={"miss_hours": hours}, by=recruiter, at=MONDAY, seen_version="1"
            )
            for hours in (5, 6)
        )
    )

    assert said == ["", "moved"]
    assert Gate.objects.get(job=job).version == 1


def test_the_gates_of_a_job_cost_the_same_for_much_as_for_little(django_assert_max_num_queries):
    job = an_open_job(pipeline="engineering")
    for number in range(8):
        services.ask_more(job=job, to_stage="hire", text_en=f"Question {number}", by=None, at=MONDAY)

    with django_assert_max_num_queries(5):
        assert len(gates.gates_of(job)["hire"].criteria) == 13
