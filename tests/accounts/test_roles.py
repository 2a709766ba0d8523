from __future__ import annotations

from typing import Any

import pytest

from recruiting.accounts.roles import Role
from tests import builders

S, R, M, I, A, L, D = Role  # sourcer, recruiter, manager, interviewer, approver, lead, administrator  # noqa: E741
TABLE = {
    "candidates.view_candidate": {S, R, M, I, A, L, D},
    "candidates.add_candidate": {S, R, L, D},
    "candidates.export_candidate": {S, R, L, D},
    "candidates.view_pay": {R, M, A, L, D},
    "candidates.view_evaluations": {R, M, L, D},
    "candidates.view_consent": {S, R, L, D},
    "candidates.set_do_not_contact": {R, L, D},
    "candidates.set_do_not_hire": {L, D},
    "jobs.change_job": {R, L, D},
    "jobs.approve_job": {A, L, D},
    "funnel.move_application": {S, R, M, L, D},
    "funnel.exit_application": {S, R, M, L, D},
    "funnel.hire_application": {R, L, D},
    "recycling.view_pools": {S, R, L, D},
    "recycling.decide_proposal": {S, R, L, D},
    "recycling.change_reasons": {L, D},
    "recycling.view_sweeps": {L, D},
    "integrations.import_people": {S, R, L, D},
    "accounts.invite_user": {L, D},
    "accounts.change_user": {D},
}


@pytest.mark.parametrize(("permission", "holders"), TABLE.items(), ids=list(TABLE))
def test_each_verb_belongs_to_exactly_these_roles(permission: str, holders: set[Role], db: Any) -> None:
    allowed = {role for role in Role if builders.a_user(role).has_perm(permission)}

    assert allowed == holders


@pytest.mark.django_db
def test_somebody_who_no_longer_works_here_may_nothing() -> None:
    gone = builders.an_administrator(is_active=False)

    assert not gone.has_perm("candidates.view_candidate")
    assert not gone.sees_everybody
