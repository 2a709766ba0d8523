from __future__ import annotations

from django.urls import path

from funnel.views import jobs

app_name = "funnel"
urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/hold/", jobs.ask_hold, name="ask_hold_job"),
    path("jobs/<int:pk>/hold/now/", jobs.hold, name="hold_job"),
    path("jobs/<int:pk>/resume/", jobs.resume, name="resume_job"),
    path("jobs/<int:pk>/pipeline/<int:step>/retire/", jobs.retire, name="retire_step"),
]
