from __future__ import annotations

from django.urls import path

from recruiting.candidates.views import pages

app_name = "candidates"
urlpatterns = [
    path("<uuid:public_id>/write/<slug:name>/", pages.section, name="section"),
    path("<uuid:public_id>/do/<slug:name>/", pages.verb, name="verb"),
    path("<uuid:public_id>/do/<slug:name>/<int:pk>/", pages.verb, name="verb"),
]
