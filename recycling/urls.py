from __future__ import annotations

from django.urls import path

from recycling.views import exits, jobs, numbers, people, person, reasons

app_name = "recycling"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/filters/", people.people_filters, name="people_filters"),
    path("people/add/", people.add, name="add_person"),
    path("people/export.csv", people.export, name="export_people"),
    path("people/tag/", people.tag_people, name="tag_people"),
    path("people/documents/<int:pk>/", person.document, name="document"),
    path("people/<uuid:public_id>/", person.person, name="person"),
    path("people/<uuid:public_id>/standing/", person.standing, name="standing"),
    path("people/<uuid:public_id>/older/", person.older, name="older"),
    path("people/<uuid:public_id>/departure/", person.departure, name="departure"),
    path("people/<uuid:public_id>/contact/", person.touch, name="touch"),
    path("applications/<int:pk>/exit/", exits.exit, name="exit"),
    path("applications/<int:pk>/exit/preview/", exits.preview, name="exit_preview"),
    path("applications/exit/", exits.exit, name="exit_many"),
    path("applications/exit/preview/", exits.preview, name="exit_many_preview"),
    path("reasons/", reasons.reasons, name="reasons"),
    path("reasons/new/", reasons.new, name="new_reason"),
    path("reasons/<int:pk>/", reasons.edit, name="reason"),
    path("reasons/<int:pk>/move/", reasons.move, name="move_reason"),
    path("exits/undo/", exits.undo, name="undo_exits"),
    path("exits/<int:pk>/tell/", exits.tell, name="tell"),
    path("exits/<int:pk>/told/", exits.told, name="told"),
    path("numbers/back/", numbers.numbers_back, name="numbers_back"),
    path("jobs/<int:pk>/close/", jobs.ask_close, name="ask_close_job"),
    path("jobs/<int:pk>/close/now/", jobs.close, name="close_job"),
    path("jobs/<int:pk>/rest/", jobs.ask_rest, name="ask_rest_job"),
    path("jobs/<int:pk>/rest/now/", jobs.rest, name="rest_job"),
    path("jobs/rest-long-held/", jobs.rest_long_held, name="rest_long_held_jobs"),
    path("jobs/<int:pk>/reopen/", jobs.ask_reopen, name="ask_reopen_job"),
    path("jobs/<int:pk>/reopen/now/", jobs.reopen, name="reopen_job"),
]
