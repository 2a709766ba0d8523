from __future__ import annotations

from django.urls import path

from recruiting.integrations.views import imports

app_name = "integrations"
urlpatterns = [
    path("", imports.imports, name="imports"),
    path("new/", imports.new, name="new"),
    path("start/", imports.start, name="start"),
    path("<int:pk>/", imports.detail, name="detail"),
    path("<int:pk>/progress/", imports.progress, name="progress"),
    path("<int:pk>/mapping/", imports.mapping, name="mapping"),
    path("<int:pk>/check/", imports.check, name="check"),
    path("<int:pk>/run/", imports.run, name="run"),
    path("<int:pk>/stop/", imports.stop, name="stop"),
    path("<int:pk>/report/", imports.download, name="report"),
]
