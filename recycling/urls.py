from __future__ import annotations

from django.urls import path

from recycling.views import jobs

app_name = "recycling"
urlpatterns = [
    path("jobs/<int:pk>/close/", jobs.ask_close, name="ask_close_job"),
    path("jobs/<int:pk>/close/now/", jobs.close, name="close_job"),
    path("jobs/<int:pk>/rest/", jobs.ask_rest, name="ask_rest_job"),
    path("jobs/<int:pk>/rest/now/", jobs.rest, name="rest_job"),
    path("jobs/rest-long-held/", jobs.rest_long_held, name="rest_long_held_jobs"),
    path("jobs/<int:pk>/reopen/", jobs.ask_reopen, name="ask_reopen_job"),
    path("jobs/<int:pk>/reopen/now/", jobs.reopen, name="reopen_job"),
]
