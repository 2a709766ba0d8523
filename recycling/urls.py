from __future__ import annotations

from django.urls import path

from recycling.views import exits, jobs

app_name = "recycling"
urlpatterns = [
    path("applications/<int:pk>/exit/", exits.exit, name="exit"),
    path("applications/<int:pk>/exit/preview/", exits.preview, name="exit_preview"),
    path("applications/exit/", exits.exit, name="exit_many"),
    path("applications/exit/preview/", exits.preview, name="exit_many_preview"),
    path("exits/undo/", exits.undo, name="undo_exits"),
    path("exits/<int:pk>/tell/", exits.tell, name="tell"),
    path("exits/<int:pk>/told/", exits.told, name="told"),
    path("jobs/<int:pk>/close/", jobs.ask_close, name="ask_close_job"),
    path("jobs/<int:pk>/close/now/", jobs.close, name="close_job"),
    path("jobs/<int:pk>/rest/", jobs.ask_rest, name="ask_rest_job"),
    path("jobs/<int:pk>/rest/now/", jobs.rest, name="rest_job"),
    path("jobs/rest-long-held/", jobs.rest_long_held, name="rest_long_held_jobs"),
    path("jobs/<int:pk>/reopen/", jobs.ask_reopen, name="ask_reopen_job"),
    path("jobs/<int:pk>/reopen/now/", jobs.reopen, name="reopen_job"),
]
