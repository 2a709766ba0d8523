from __future__ import annotations

from django.urls import path

from recruiting.notices.views import chat, choosing, listing, mails

app_name = "notices"
urlpatterns = [
    path("", listing.notices, name="list"),
    path("<int:pk>/read/", listing.read, name="read"),
    path("read/", listing.read_all, name="read_all"),
    path("preferences/", choosing.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", choosing.unsubscribe, name="unsubscribe"),
    path("chat/", chat.hook, name="chat"),
    path("chat/test/", chat.test, name="test_chat"),
    path("chat/remove/", chat.remove, name="remove_chat"),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("mails/<int:pk>/html/", mails.mail_html, name="mail_html"),
    path("mails/<int:pk>/invitation/", mails.mail_invitation, name="mail_invitation"),
]
