"""Nobody leaves without a reason, and each reason does what its row says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

import funnel.services
from funnel.models import Visit
from recruiting.candidates import services as people
from recruiting.candidates.models import SkillEvidence
from recruiting.core.refused import Refused
from recruiting.skills.selectors import resolve_term
from recycling import leaving
from recycling.leaving import Basis
from recycling.models import ExitReason, PoolEntry, Refusal
from recycling.reasons import BUILT_IN
from tests.builders import MONDAY, a_manager, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_funnel import an_application
from tests.builders_jobs import a_family, an_open_job
from tests.builders_recycling import LEFT_AT, a_reason, again, an_entry, an_exit, an_order

pytestmark = pytest.mark.django_db

BY_HAND = [row for row in BUILT_IN if row.is_by_hand]


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: row.key)
def test_each_reason_ends_the_application_and_rests_as_its_row_says(row, recruiter):
    application = an_application(through="interview", job=an_open_job(asks=(("Python", 3),)), by=recruiter)

    exit = an_exit(row.key, application=application, by=recruiter)

    assert application.outcome == "exited"
    assert (exit.reason.key, exit.klass, exit.stage) == (row.key, row.klass, "interview")
    entries = PoolEntry.objects.filter(left=application)
    if row.pool is None:
        assert not entries.exists()
        return
    entry = entries.get()
    condition = entry.conditions.get()
    assert entry.pool.key == row.pool
    assert (condition.kind, condition.reach, condition.re_entry) == (row.kind, row.reach, row.re_entry)


@pytest.mark.parametrize("key", ["met.no_job", "alumni.left", "legacy.not_recorded", "admin.moved"])
def test_a_reason_that_a_verb_gives_is_not_given_by_hand(key):
    with pytest.raises(Refused, match="not given by hand"):
        an_exit(key, order={"caused_by": ""})


def test_the_funnel_has_no_way_out_of_its_own():
    assert not [name for name in funnel.services.__all__ if "exit" in name or "leave" in name or "reject" in name]


def test_the_exit_keeps_the_job_as_it_was_that_day():
    job = an_open_job(asks=(("Python", 3),), band_min=8_000_000, band_max=11_500_000)

    exit = an_exit("terms.pay", application=an_application(through="interview", job=job))

    assert exit.snapshot["family"] == "backend"
    assert exit.snapshot["level"] == 4
    assert exit.snapshot["band"] == ["8000000", "11500000"]
    assert exit.snapshot["requirements"][0]["skill"] == "python"
    assert exit.snapshot["deciders"] == [job.decider_id]


@pytest.mark.parametrize(
    ("key", "without", "said"),
    [
        ("timing.start_date", "due_on", "needs a date"),
        ("skill.must_have", "failed", "which requirement"),
        ("decision.manager", "refused_by", "who refused"),
        ("terms.pay", "pay_floor", "pay they need"),
    ],
)
def test_a_reason_lacks_nothing_it_needs(key, without, said):
    empty = {"due_on": None, "pay_floor": None}.get(without, ())

    with pytest.raises(Refused, match=said):
        an_exit(key, order={without: empty})


def test_what_a_job_s_closing_causes_may_lack_terms_and_then_a_person_looks():
    exit = an_exit("decision.manager", order={"refused_by": (), "caused_by": "import"})

    assert exit.application.pool_entries.get().conditions.get().kind == "review"


def test_a_reason_of_the_other_side_is_refused():
    with pytest.raises(Refused, match="other side"):
        an_exit("interest.withdrew", order={"side": "we"})


def test_the_same_reason_is_not_named_twice():
    with pytest.raises(Refused, match="each once"):
        an_exit("interest.withdrew", order={"further": ("interest.withdrew",)})


def test_a_reason_that_keeps_nobody_resting_stands_alone():
    with pytest.raises(Refused, match="stands alone"):
        an_exit("integrity.false", order={"further": ("terms.pay",)})


def test_every_further_reason_gets_a_condition_of_its_own():
    entry = an_entry("terms.pay", order={"further": ("timing.notice", "interest.stayed")})

    kinds = [(each.reason.key, each.kind, each.is_decisive) for each in entry.conditions.order_by("id")]

    assert kinds == [
        ("terms.pay", "review", True),
        ("timing.notice", "date", False),
        ("interest.stayed", "date", False),
    ]


def test_a_reason_out_of_use_is_given_no_more():
    ExitReason.objects.filter(key="interest.withdrew").update(is_active=False)

    with pytest.raises(Refused, match="no longer in use"):
        an_exit("interest.withdrew")


def test_staying_with_the_employer_comes_due_after_half_a_year():
    assert an_entry("interest.stayed").conditions.get().due_on == date(2027, 5, 12)


def test_missing_years_are_waited_for():
    entry = an_entry("skill.experience", order={"years_missing": Decimal("1.5")})

    assert entry.conditions.get().cool_until == date(2028, 5, 12)


def test_after_a_final_interview_the_cool_down_is_longer():
    job = an_open_job()
    application = an_application(through="interview", job=job)
    final = job.steps.get(is_final=True, stage="interview")
    funnel.services.move_to_step(application=application, step=final, by=a_recruiter(), at=MONDAY + timedelta(days=5))

    exit = an_exit("skill.interview", application=application)

    assert exit.was_final
    assert exit.application.pool_entries.get().conditions.get().cool_until == date(2027, 11, 12)


def test_the_review_comes_before_the_use_of_their_data_ends():
    entry = an_entry("interest.withdrew", candidate=a_candidate(until=date(2027, 6, 30)))

    assert entry.review_on == date(2027, 5, 1)


def test_who_refused_is_remembered_about_the_person():
    decider = a_manager()
    exit = an_exit(
        "decision.manager", application=an_application(through="interview", job=an_open_job(decider=decider))
    )

    assert Refusal.objects.get(candidate=exit.candidate).decider == decider


def test_a_failed_requirement_refutes_what_spoke_for_it_and_keeps_what_they_had():
    person, python = a_candidate(), resolve_term("Python")
    people.add_evidence(
        candidate=person, skill=python, level=3, source="cv", seen_on=date(2026, 10, 1), by=None, at=MONDAY
    )
    job = an_open_job(asks=(("Python", 3),))

    exit = an_exit("skill.must_have", application=an_application(through="screening", candidate=person, job=job))

    assert set(SkillEvidence.objects.filter(candidate=person).values_list("state", flat=True)) == {"refuted"}
    gap = exit.application.pool_entries.get().conditions.get().skills.get()
    assert (gap.skill, gap.level, gap.held_level) == (python, 3, 3)


def test_what_they_showed_all_the_same_is_confirmed_evidence():
    python = resolve_term("Python")

    exit = an_exit("terms.pay", order={"shown": [leaving.Shown(python, 4)]})

    assert SkillEvidence.objects.get(candidate=exit.candidate, skill=python).state == "confirmed"


def test_the_pay_they_named_is_kept_with_its_day():
    exit = an_exit("terms.pay", order={"pay_floor": Decimal(12_500_000), "pay_said_on": date(2026, 11, 1)})

    exit.candidate = again(exit.candidate)
    assert (exit.candidate.pay_floor, exit.candidate.pay_said_on) == (Decimal(12_500_000), date(2026, 11, 1))


def test_the_day_they_are_free_is_kept_on_the_person():
    exit = an_exit("timing.start_date", order={"due_on": date(2027, 4, 1)})

    exit.candidate = again(exit.candidate)
    assert exit.candidate.available_on == date(2027, 4, 1)


def test_a_basis_recorded_with_the_exit_lets_them_be_proposed():
    person = a_candidate(is_usable=False)

    an_exit(
        "interest.withdrew",
        application=an_application(candidate=person),
        order={"basis": Basis("agreed", date(2027, 10, 1))},
    )

    person = again(person)
    assert person.use_until == date(2027, 10, 1)


def test_the_owner_keeps_the_contact_by_the_usable_way_unless_told_otherwise():
    recruiter = a_recruiter()

    entry = an_entry("interest.withdrew", by=recruiter)

    assert entry.keeper == recruiter
    assert entry.contact_point.kind == "email"
    assert entry.channel == "mail"


def test_an_exit_of_class_x_closes_every_other_stay_and_marks_never():
    entry = an_entry("terms.pay")
    other = an_application(candidate=entry.candidate, job=an_open_job("Another"), at=LEFT_AT)

    an_exit("integrity.reference", application=other, at=LEFT_AT + timedelta(days=2))

    entry = PoolEntry.objects.get(pk=entry.pk)
    assert (entry.state, entry.closed_why) == ("closed", "never")
    assert not entry.conditions.get().is_waiting
    entry.candidate = again(entry.candidate)
    assert entry.candidate.never_at


def test_who_wants_no_contact_withdraws_the_basis_too():
    exit = an_exit("consent.withdrawn")

    exit.candidate = again(exit.candidate)
    assert exit.candidate.use_until is None
    assert exit.candidate.do_not_contact_at
    assert exit.candidate.never_at


def test_an_administrative_end_counts_nowhere():
    exit = an_exit("admin.mistake")

    assert not Visit.objects.filter(application=exit.application, is_counted=True).exists()
    assert not PoolEntry.objects.filter(left=exit.application).exists()


def test_many_leave_as_one_would():
    job, by = an_open_job(asks=(("Python", 3),)), a_recruiter()
    alone = an_application(through="screening", job=job, by=by)
    together = [an_application(through="screening", job=job, by=by) for _ in range(3)]
    order = an_order("skill.must_have", application=alone, further=("timing.notice",))

    one = leaving.exit_application(application=alone, order=order, by=by, at=LEFT_AT)
    many = leaving.exit_many(applications=together, order=order, by=by, at=LEFT_AT)

    assert [_shape(exit) for exit in many] == [_shape(one)] * 3


def _shape(exit):
    entry = exit.application.pool_entries.get()
    conditions = entry.conditions.order_by("id").values_list("kind", "reach", "cool_until", "due_on", "family", "rank")
    evidence = SkillEvidence.objects.filter(candidate=exit.candidate).values_list("skill", "level", "state")
    return (exit.reason, exit.stage, exit.snapshot, entry.pool, entry.review_on, list(conditions), list(evidence))


def test_many_leave_all_or_nobody():
    by, job = a_recruiter(), an_open_job()
    first, second = an_application(job=job, by=by), an_application(job=job, by=by)
    an_exit("interest.withdrew", application=second, by=by)

    with pytest.raises(Refused):
        leaving.exit_many(applications=[first, second], order=an_order(), by=by, at=LEFT_AT)

    first = type(first).objects.get(pk=first.pk)
    assert first.outcome == "active"


def test_the_second_of_two_who_let_a_person_go_is_refused():
    seen = an_application(through="interview")
    version = seen.version
    an_exit("interest.withdrew", application=type(seen).objects.get(pk=seen.pk))

    with pytest.raises(Refused):
        leaving.exit_application(application=seen, order=an_order(), by=a_recruiter(), at=LEFT_AT, seen_version=version)

    assert seen.exits.count() == 1


def test_a_move_goes_on_for_another_job_in_the_same_cycle():
    application, other = an_application(through="interview"), an_open_job("Another")

    moved = leaving.move_to_another_job(
        application=application, job=other, stage="screening", by=a_recruiter(), at=LEFT_AT
    )

    assert (moved.job, moved.stage, moved.cycle, moved.is_move) == (other, "screening", application.cycle, True)
    assert application.exits.get().reason.key == "admin.moved"
    assert not PoolEntry.objects.filter(candidate=application.candidate).exists()


def test_a_move_never_skips_ahead():
    with pytest.raises(Refused, match="same stage or an earlier one"):
        leaving.move_to_another_job(
            application=an_application(through="screening"),
            job=an_open_job("Another"),
            stage="interview",
            by=a_recruiter(),
            at=LEFT_AT,
        )


def test_who_left_us_and_is_welcome_rests_as_an_alumnus_for_half_a_year():
    person = a_candidate()
    people.set_employed(candidate=person, employed_on=date(2024, 4, 1), by=None, at=MONDAY)

    entry = leaving.record_departure(
        candidate=person, departed_on=date(2026, 10, 31), is_welcome=True, by=a_recruiter(), at=MONDAY
    )

    assert (entry.pool.key, entry.origin, entry.review_on) == ("alumni", "departure", date(2027, 4, 30))


def test_who_left_us_and_is_not_welcome_rests_nowhere():
    person = a_candidate()

    assert (
        leaving.record_departure(
            candidate=person, departed_on=date(2026, 10, 31), is_welcome=False, by=a_recruiter(), at=MONDAY
        )
        is None
    )


def test_who_was_met_rests_once():
    person = a_candidate()
    entry = leaving.rest_as_met(candidate=person, by=a_recruiter(), at=MONDAY, families=[a_family()])

    with pytest.raises(Refused, match="already rests"):
        leaving.rest_as_met(candidate=person, by=a_recruiter(), at=MONDAY)

    assert (entry.pool.key, entry.origin, entry.conditions.get().family) == ("met", "met", a_family())


def test_a_change_of_a_reason_never_acts_backwards():
    entry = an_entry("interest.withdrew")
    ExitReason.objects.filter(key="interest.withdrew").update(cool_months=24, re_entry="sourcing", version=2)

    later = an_entry("interest.withdrew")

    assert (entry.conditions.get().cool_until, entry.conditions.get().re_entry) == (date(2027, 5, 12), "stage_left")
    assert (later.conditions.get().cool_until, later.conditions.get().re_entry) == (date(2028, 11, 12), "sourcing")


def test_seeding_again_adds_nothing_and_overwrites_nothing_a_lead_edited():
    ExitReason.objects.filter(key="terms.pay").update(label_en="Money", version=2)

    assert leaving.seed_reasons(at=MONDAY) == 0
    assert a_reason("terms.pay").label_en == "Money"
