"""Reading one person for their page: who they are, their course, what they can, what happened, what stands between."""

from __future__ import annotations

from recycling.person.course import Cycle, course_of, cycles_of
from recycling.person.happened import happened
from recycling.person.head import Head, head_of
from recycling.person.skills import SkillRow, evaluations_of, job_compared_with, skills_of
from recycling.person.standing import Standing, standing_of

__all__ = [
    "Cycle",
    "Head",
    "SkillRow",
    "Standing",
    "course_of",
    "cycles_of",
    "evaluations_of",
    "happened",
    "head_of",
    "job_compared_with",
    "skills_of",
    "standing_of",
]
