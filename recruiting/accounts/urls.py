from __future__ import annotations

from django.urls import path

from recruiting.accounts.views import absences, calendar, own, people

app_name = "accounts"
urlpatterns = [
    path("me/", own.me, name="me"),
    path("me/hours/", calendar.calendar, name="calendar"),
    path("me/hours/holidays/", calendar.holidays, name="holidays"),
    path("me/absences/", absences.absences, name="absences"),
    path("me/absences/enter/", absences.enter, name="enter_absence"),
    path("absences/", absences.away, name="away"),
    path("absences/enter/", absences.enter_of, name="enter_absence_of"),
    path("absences/<int:pk>/", absences.change, name="change_absence"),
    path("absences/<int:pk>/take-back/", absences.take_back, name="take_back_absence"),
    path("absences/taken-back/<int:pk>/undo/", absences.restore, name="restore_absence"),
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
