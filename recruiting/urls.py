"""The roof: every app's URLs under one door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("recruiting.core.urls")),
    path("", include("recruiting.home.urls")),
    path("accounts/", include("recruiting.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("notices/", include("recruiting.notices.urls")),
    path("skills/", include("recruiting.skills.urls")),
    path("people/", include("recruiting.candidates.urls")),
    path("jobs/", include("recruiting.jobs.urls")),
    path("imports/", include("recruiting.integrations.urls")),
    path("", include("funnel.urls")),
    path("", include("recycling.urls")),
]
