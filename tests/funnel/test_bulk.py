from __future__ import annotations

import pytest

from funnel import services
from funnel.models import Application, Visit
from recruiting.core.models import Event, OutboxMessage
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate
from tests.builders_funnel import A_DAY, a_held_application, an_application, fresh
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db

TOLD = ("stage", "outcome", "step", "furthest_stage", "first_stage", "stage_since", "step_since", "version", "ended_at")


def life_of(application: Application) -> tuple:
    """Everything a move changes, without the keys."""
    row = Application.objects.filter(pk=application.pk).values_list(*TOLD).get()
    visits = Visit.objects.filter(application=application).order_by("id")
    stays = [
        (visit.stage, visit.entered_at, visit.left_at, round(visit.days or 0, 4), visit.ended_as, visit.is_voided)
        for visit in visits
    ]
    events = Event.objects.filter(subject="application", subject_key=application.pk).order_by("id")
    told = [(event.verb, event.at, event.from_state, event.to_state, event.data, event.by_id) for event in events]
    return row, stays, told


@pytest.mark.parametrize(
    ("through", "to", "back"),
    [
        ("sourcing", "screening", ""),
        ("sourcing", "hire", ""),
        ("screening", "screening", ""),
        ("interview", "screening", "step_back"),
        ("hire", "sourcing", "correct"),
    ],
)
def test_many_moved_at_once_live_as_if_each_were_moved_alone(recruiter, through, to, back):
    job = an_open_job()
    alone, together, beside = (an_application(job=job, through=through, by=recruiter) for _ in range(3))
    step, at = job.steps.filter(stage=to).last(), MONDAY + A_DAY * 9

    if through == to:
        services.move_to_step(application=alone, step=step, by=recruiter, at=at)
    elif back:
        single = services.correct_stage if back == "correct" else services.step_back
        single(application=alone, step=step, by=recruiter, at=at)
    else:
        services.advance_application(application=alone, step=step, by=recruiter, at=at)
    done = services.move_applications(keys=[together.pk, beside.pk], step=step, by=recruiter, at=at, back=back)

    assert done.moved == [together.pk, beside.pk]
    assert life_of(together) == life_of(alone) == life_of(beside)


def test_who_cannot_move_stays_and_is_named(recruiter):
    job = an_open_job()
    held = a_held_application(job=job, by=recruiter)
    beyond = an_application(job=job, through="interview", by=recruiter)
    moves = an_application(job=job, by=recruiter)
    step = job.steps.filter(stage="screening").first()

    done = services.move_applications(keys=[held.pk, beyond.pk, moves.pk], step=step, by=recruiter, at=MONDAY + A_DAY)

    assert done.moved == [moves.pk]
    assert len(done.refused) == 2
    assert fresh(held).stage == "sourcing"


def test_the_price_of_a_bulk_move_does_not_grow_with_the_people(recruiter, django_assert_max_num_queries):
    job = an_open_job()
    keys = [an_application(job=job, by=recruiter).pk for _ in range(6)]
    step = job.steps.filter(stage="screening").first()

    with django_assert_max_num_queries(9):  # with what was offered of theirs
        services.move_applications(keys=keys, step=step, by=recruiter, at=MONDAY + A_DAY)


def test_many_people_added_at_once_live_as_if_each_were_added_alone(recruiter):
    job, people = an_open_job(), [a_candidate() for _ in range(3)]
    alone = services.open_application(candidate=people[0], job=job, by=recruiter, at=MONDAY)

    opened = services.open_applications(candidates=[person.pk for person in people], job=job, by=recruiter, at=MONDAY)

    assert [row.candidate_id for row in opened] == sorted(person.pk for person in people[1:])
    assert all(life_of(row) == life_of(alone) for row in opened)
    assert OutboxMessage.objects.filter(topic="application.opened").count() == 3
