"""Who sits where on a job: its team per stage and its deciders, with the days they held the seat."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Seat(models.TextChoices):
    SOURCER = "sourcer", _("Sourcer")
    RECRUITER = "recruiter", _("Recruiter")
    HIRING_MANAGER = "hiring_manager", _("Hiring manager")
    APPROVER = "approver", _("Approver")
    FINAL_DECIDER = "final_decider", _("Decides the final step")
    INTERVIEWER = "interviewer", _("Interviewer")


DECIDING_SEATS = (Seat.HIRING_MANAGER, Seat.APPROVER, Seat.FINAL_DECIDER)


class JobSeat(models.Model):
    """One person on one seat of a job. A deputy counts as whom they stand in for and is no decider of their own."""

    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="job_seats")
    seat = models.CharField(max_length=15, choices=Seat.choices)
    deputy_for = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_decider = models.BooleanField(default=False)  # a deciding seat, held in one's own name
    is_while_away = models.BooleanField(default=False)  # given to a deputy for one absence: ends with it
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["seat", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "user", "seat"],
                condition=models.Q(until=None),
                name="a_person_holds_a_seat_once_at_a_time",
            ),
        ]
        indexes = [
            # Read by the decider kind ("nobody who refused is among the deciders") and by Job.visible_to.
            models.Index(
                fields=["job", "user"], name="seat_of_deciders_today", condition=models.Q(until=None, is_decider=True)
            ),
            models.Index(fields=["user", "job"], name="seat_of_a_user_today", condition=models.Q(until=None)),
            models.Index(fields=["id"], name="seats_while_away", condition=models.Q(until=None, is_while_away=True)),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_seat_display()}"
