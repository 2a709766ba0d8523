"""Home: the desk everybody comes to."""

from __future__ import annotations

from django.urls import path

from recruiting.home import views

app_name = "home"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("home/nav/", views.nav, name="nav"),
]
