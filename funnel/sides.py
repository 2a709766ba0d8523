"""Who speaks for which side of a border: whoever holds its seat on the job, or its role in the whole house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from funnel.models import Contract
from recruiting.accounts.models import User
from recruiting.accounts.roles import Role
from recruiting.jobs.models import Job, JobSeat, Seat

AGREE, LEADS = "funnel.agree_contract", "jobs.change_gates"
# Whose role it is to sit there, where no job says it. Only a seat says who decides the final step.
ROLES: dict[str, Role] = {
    Seat.SOURCER: Role.SOURCER,
    Seat.RECRUITER: Role.RECRUITER,
    Seat.HIRING_MANAGER: Role.HIRING_MANAGER,
    Seat.APPROVER: Role.APPROVER,
    Seat.INTERVIEWER: Role.INTERVIEWER,
}
SENDER, RECEIVER = "sender", "receiver"


class Sides:
    """What one person may speak for, on these jobs and in the house: read once, asked often (one query)."""

    def __init__(self, user: User, jobs: Iterable[Job | None] = ()) -> None:
        self.user = user
        self._recruiters = {job.pk: job.recruiter_id for job in jobs if job is not None}
        rows = JobSeat.objects.filter(Q(job__in=self._recruiters) | Q(user=user), until=None)
        self._seated: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
        self._own: set[str] = set()
        for job, seat, holder in rows.values_list("job", "seat", "user"):
            self._seated[job, seat].add(holder)
            if holder == user.pk:
                self._own.add(seat)

    def holds(self, seat: str, job: Job | None) -> bool:
        """On a job: its seat, and where nobody sits there whose role it is. In the house: the role, or such a seat."""
        if not self.user.has_perm(AGREE):
            return False
        has_role = ROLES.get(seat) == self.user.role
        if job is None:
            return has_role or seat in self._own
        holders = set(self._seated[job.pk, seat])
        if seat == Seat.RECRUITER and self._recruiters.get(job.pk):
            holders.add(self._recruiters[job.pk] or 0)
        return self.user.pk in holders if holders else has_role

    def of(self, contract: Contract) -> tuple[str, ...]:
        """The sides of a contract they may speak for."""
        seats = ((SENDER, contract.from_role), (RECEIVER, contract.to_role))
        return tuple(side for side, seat in seats if self.holds(seat, contract.job))

    def may_agree(self, contract: Contract) -> str:
        """The side that waits for their word, or "": nobody agrees with themselves."""
        if not contract.is_open or self.user.pk in (contract.sender_agreed_by_id, contract.receiver_agreed_by_id):
            return ""
        missing = {
            SENDER: contract.sender_agreed_at is None,
            RECEIVER: contract.receiver_agreed_at is None,
        }
        return next((side for side in self.of(contract) if missing[side]), "")

    def may_change(self, contract: Contract) -> bool:
        """Propose anew, end, take back: whoever speaks for a side, and the recruiting lead."""
        return bool(self.of(contract)) or self.leads

    @property
    def leads(self) -> bool:
        return self.user.has_perm(LEADS)
