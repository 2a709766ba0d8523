"""Who may do what, in one table. Reach (whose people, which jobs) is in the querysets' `visible_to`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SOURCER = "sourcer", _("Sourcer")
    RECRUITER = "recruiter", _("Recruiter")
    HIRING_MANAGER = "hiring_manager", _("Hiring manager")
    INTERVIEWER = "interviewer", _("Interviewer")
    APPROVER = "approver", _("Approver")
    RECRUITING_LEAD = "recruiting_lead", _("Recruiting lead")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that see every person and job; the others see only the people of the jobs they hold a seat on.
SEES_EVERYBODY = frozenset({Role.SOURCER, Role.RECRUITER, Role.RECRUITING_LEAD, Role.ADMINISTRATOR})

_LOOK = {"jobs.view_job", "candidates.view_candidate", "funnel.view_application", "funnel.write_scorecard"}
_SOURCE = _LOOK | {
    "candidates.add_candidate",
    "candidates.change_candidate",
    "candidates.export_candidate",
    "candidates.view_consent",
    "funnel.move_application",
    "funnel.exit_application",
    "funnel.offer_handoff",
    "funnel.answer_handoff",
    "funnel.agree_contract",
    "recycling.view_pools",
    "recycling.decide_proposal",
    "funnel.view_numbers",
    "integrations.import_people",
    "jobs.sees_everybody",
}
_RECRUIT = _SOURCE | {
    "jobs.change_job",
    "candidates.view_pay",
    "candidates.view_evaluations",
    "candidates.confirm_skill",
    "funnel.hire_application",
    "funnel.plan_interview",
    "funnel.make_offer",
    "funnel.view_offer",
    "candidates.set_do_not_contact",
}
_LEAD = _RECRUIT | {
    "jobs.approve_job",
    "jobs.change_gates",
    "funnel.reassign_handoff",
    "funnel.approve_offer",
    "recycling.change_reasons",
    "recycling.view_sweeps",
    "candidates.set_do_not_hire",
    "accounts.invite_user",
    "accounts.change_absence",
    "skills.change_skill",
}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.SOURCER: frozenset(_SOURCE),
    Role.RECRUITER: frozenset(_RECRUIT),
    Role.HIRING_MANAGER: frozenset(
        _LOOK
        | {
            "candidates.view_pay",
            "candidates.view_evaluations",
            "funnel.move_application",
            "funnel.exit_application",
            "funnel.offer_handoff",
            "funnel.answer_handoff",
            "funnel.agree_contract",
            "funnel.plan_interview",
            "funnel.view_offer",
            "funnel.approve_offer",
        }
    ),
    Role.INTERVIEWER: frozenset(_LOOK),
    Role.APPROVER: frozenset(
        _LOOK
        | {
            "jobs.approve_job",
            "candidates.view_pay",
            "funnel.answer_handoff",
            "funnel.view_offer",
            "funnel.approve_offer",
        }
    ),
    Role.RECRUITING_LEAD: frozenset(_LEAD),
    Role.ADMINISTRATOR: frozenset(_LEAD | {"accounts.change_user", "notices.view_mails"}),
}
