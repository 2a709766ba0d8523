from __future__ import annotations

from django.urls import path

from recruiting.accounts.views import own, people

app_name = "accounts"
urlpatterns = [
    path("me/", own.me, name="me"),
    path("language/", own.language, name="language"),
    path("theme/", own.theme, name="theme"),
    path("join/<str:token>/", own.accept, name="accept"),
    path("users/", people.users, name="users"),
    path("users/invite/", people.invite, name="invite"),
    path("users/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("users/<int:pk>/role/", people.change_role, name="change_role"),
    path("users/<int:pk>/leave/", people.ask_deactivate, name="ask_deactivate"),
    path("users/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("users/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
]
