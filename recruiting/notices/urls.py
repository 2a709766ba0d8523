from __future__ import annotations

from django.urls import path

from recruiting.notices.views import choosing

app_name = "notices"
urlpatterns = [
    path("preferences/", choosing.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", choosing.unsubscribe, name="unsubscribe"),
]
