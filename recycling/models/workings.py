"""What one evaluation works on: whom news has touched, and the temporary tables that live for one transaction.

The temporary ones are unmanaged models, so that the ORM can join them; recycling.engine creates and drops them.
"""

from __future__ import annotations

from django.db import models

from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job
from recycling.models.conditions import Condition
from recycling.models.pools import PoolEntry


class Pending(models.Model):
    """A person or a job that an event has touched and nobody has evaluated since. Many events make one row."""

    person = models.BigIntegerField(null=True, unique=True)
    job = models.BigIntegerField(null=True, unique=True)
    asks_fits = models.BooleanField(default=False)  # evidence or requirements changed: the fits first
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pending_is_a_person_or_a_job",
                condition=models.Q(person=None, job__isnull=False) | models.Q(person__isnull=False, job=None),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person}" if self.person else f"job {self.job}"


def _to(model: type[models.Model], column: str, null: bool = False) -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        model, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_column=column, null=null
    )


class Fitting(models.Model):
    """Who meets every must-have of which job, while the fits are brought up to date."""

    pk = models.CompositePrimaryKey("candidate", "job")
    candidate = _to(Candidate, "candidate")
    job = _to(Job, "job")
    fact = models.BigIntegerField()
    is_confirmed = models.BooleanField()

    class Meta:
        managed = False
        db_table = "engine_fitting"

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.job_id}"


class Standing(models.Model):
    """A proposal that stood when the evaluation began."""

    id = models.BigIntegerField(primary_key=True)
    condition = _to(Condition, "condition", null=True)
    entry = _to(PoolEntry, "entry")
    candidate = _to(Candidate, "candidate")
    job = _to(Job, "job")
    fact = models.BigIntegerField()
    state = models.CharField(max_length=20)
    is_confirmed = models.BooleanField()

    class Meta:
        managed = False
        db_table = "engine_standing"

    def __str__(self) -> str:
        return str(self.pk)


class _Pair(models.Model):
    """A condition beside an open job, with what it rests on."""

    pk = models.CompositePrimaryKey("condition", "job", "fact")
    condition = _to(Condition, "condition")
    entry = _to(PoolEntry, "entry")
    candidate = _to(Candidate, "candidate")
    job = _to(Job, "job")
    kind = models.CharField(max_length=20)
    rank = models.IntegerField()
    fact = models.BigIntegerField()
    since = models.DateTimeField()
    is_confirmed = models.BooleanField()
    is_own = models.BooleanField()
    may = models.BooleanField()

    class Meta:
        abstract = True
        managed = False


class Holding(_Pair):
    """A pair that holds now. `may` is False where a soft block delays a new proposal."""

    class Meta(_Pair.Meta):
        abstract = False
        managed = False
        db_table = "engine_holding"

    def __str__(self) -> str:
        return f"{self.condition_id} {self.job_id}"


class Chosen(_Pair):
    """The best pair of each person who has no card yet."""

    class Meta(_Pair.Meta):
        abstract = False
        managed = False
        db_table = "engine_chosen"

    def __str__(self) -> str:
        return f"{self.condition_id} {self.job_id}"
