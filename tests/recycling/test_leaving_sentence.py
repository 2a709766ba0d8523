"""What will happen is said before it does, in one shape."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recycling.leaving import Basis
from recycling.leaving.river import river
from recycling.leaving.sentence import consequence, say, say_marked
from tests.builders import a_manager
from tests.builders_candidates import a_candidate
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import LEFT_AT, an_order

pytestmark = pytest.mark.django_db


def somebody(until=date(2028, 1, 31), **more):
    person = a_candidate(family_name="Sato", given_name="Mei", name_lang="ja", until=until, **more)
    decider = a_manager(family_name="Ito", given_name="Ken")
    job = an_open_job(asks=(("Python", 3),), decider=decider)
    return an_application(through="interview", candidate=person, job=job)


def foretold(key, application=None, **more):
    application = application or somebody()
    return consequence(an_order(key, application=application, **more), application, LEFT_AT)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "timing.start_date",
            "Sato Mei rests in Timing and is proposed again when 30 days are left to 1 Apr 2027, at interview. "
            "Otherwise somebody looks again on 12 Nov 2027.",
        ),
        (
            "skill.must_have",
            "Sato Mei rests in Skill and is proposed again when Python (Working) is evidenced or a job in reach does "
            "not ask for it, at screening. Otherwise somebody looks again on 12 Nov 2027.",
        ),
        (
            "decision.manager",
            "Sato Mei rests in Decision and is proposed again when somebody other than Ken Ito decides, at interview. "
            "Otherwise somebody looks again on 12 Nov 2027.",
        ),
        (
            "capacity.filled",
            "Sato Mei rests in Capacity and is proposed again when this job, or one of the same family and level, has "
            "an opening again, at interview. Otherwise somebody looks again on 12 Nov 2027.",
        ),
        (
            "terms.pay",
            "Sato Mei rests in Terms. On 12 Nov 2027 somebody looks whether a job in reach covers ¥12.5M.",
        ),
        ("integrity.false", "Sato Mei is not proposed again, for any job, and rests nowhere."),
        ("admin.spam", "Sato Mei rests nowhere, and this counts in no number."),
    ],
)
def test_the_sentence_has_one_shape(key, said):
    assert say(foretold(key), language="en")[0] == said


def test_without_a_basis_nobody_is_proposed_and_the_sentence_says_so():
    result = foretold("terms.pay", somebody(is_usable=False))

    assert say(result)[0] == "Sato Mei rests in Terms and cannot be proposed: no basis for future roles."


def test_a_basis_given_with_the_exit_counts_in_the_sentence():
    application = somebody(is_usable=False)

    result = foretold("terms.pay", application, basis=Basis("agreed", date(2028, 1, 1)))

    assert result.has_basis


def test_what_lies_behind_the_end_of_use_is_said():
    result = foretold("timing.start_date", somebody(until=date(2027, 1, 31)))

    assert "lies behind 31 Jan 2027" in " ".join(say(result))


def test_two_machine_conditions_must_both_come_true_and_the_rest_is_checked_then():
    result = foretold("skill.must_have", further=("timing.notice", "terms.pay"))

    said = say(result)
    assert "does not ask for it and 30 days are left to 1 Apr 2027, at screening" in said[0]
    assert said[1] == "To be checked then: Pay gap."


def test_names_are_escaped_and_what_counts_is_strong():
    result = foretold("terms.pay", somebody())

    marked = say_marked(result)[0]
    assert marked.startswith("<b>Sato Mei</b> rests in <b>Terms</b>.")


def test_an_expired_evaluation_starts_the_return_earlier():
    application = somebody()
    late = LEFT_AT + timedelta(days=800)

    result = consequence(an_order("terms.pay"), application, late)

    assert result.stage == "screening"


def test_the_drawing_goes_down_to_rest_and_up_to_the_stage_of_the_return():
    drawn = river("interview", "screening")

    assert drawn.exit_y == 28
    assert drawn.rest.startswith("M44 28")
    assert drawn.could.endswith("H128")
    assert river("sourcing").rest == ""
