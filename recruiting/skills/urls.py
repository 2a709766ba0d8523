from __future__ import annotations

from django.urls import path

from recruiting.skills import views

app_name = "skills"
urlpatterns = [
    path("", views.skills, name="list"),
    path("suggest/", views.suggest, name="suggest"),
    path("new/", views.new, name="new"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/aliases/add/", views.add_alias, name="add_alias"),
    path("<int:pk>/aliases/<int:alias_pk>/remove/", views.remove_alias, name="remove_alias"),
    path("<int:pk>/broader/add/", views.add_broader, name="add_broader"),
    path("<int:pk>/broader/<int:edge_pk>/remove/", views.remove_broader, name="remove_broader"),
]
