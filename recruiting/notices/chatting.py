"""Somebody's chat: the hook they set, and each notice posted into it once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.models import OutboxMessage
from recruiting.core.refused import Refused
from recruiting.notices import chat
from recruiting.notices.composing import absolute
from recruiting.notices.kinds import Said, in_words_of, said
from recruiting.notices.models import ChatHook, ChatPost, Notice, Sending
from recruiting.notices.services import notify

MOST_TRIES = 14  # some four hours
PAUSED = "notices.chat_paused"


class NotPosted(Exception):
    """The outbox tries again."""


@transaction.atomic
def set_hook(*, user: User, kind: str, url: str, at: datetime) -> ChatHook:
    """One hook a person; a new address starts anew."""
    chat.check_address(url)
    chosen = {"kind": kind, "url": url, "is_active": True, "created_at": at}
    fresh = {**chosen, "failed_at": None, "failure": "", "worked_at": None}
    return ChatHook.objects.update_or_create(user=user, defaults=fresh)[0]


def remove_hook(*, user: User) -> None:
    ChatHook.objects.filter(user=user).delete()


def try_hook(*, hook: ChatHook, at: datetime) -> None:
    """Post a sentence now, while somebody looks; Refused says what the chat answered."""
    words = Said(_("This is a test from Kanryu: what you chose will come here."))
    try:
        chat.post(kind=hook.kind, url=hook.url, words=words, link=absolute(reverse("notices:list")))
    except (chat.NotPosted, chat.Dead, chat.Unclear) as wrong:
        _failed(hook, str(wrong), at=at)
        raise Refused(_("The chat did not take it: %(why)s.") % {"why": wrong}, "chat") from wrong
    ChatHook.objects.filter(pk=hook.pk).update(is_active=True, worked_at=at, failed_at=None, failure="")


def put_into_chat(*, notice: Notice, message: OutboxMessage, at: datetime) -> bool:
    """Post a notice if nobody else has; True when it left now. Raises NotPosted when it is to be tried again."""
    hook = ChatHook.objects.filter(user=notice.user, is_active=True).first()
    post = ChatPost.objects.get_or_create(notice=notice)[0]
    if hook is None or not ChatPost.objects.filter(pk=post.pk, state=Sending.QUEUED).update(state=Sending.SENDING):
        return False
    with in_words_of(notice.user):
        words = said(notice.kind, notice.about)
        try:
            chat.post(kind=hook.kind, url=hook.url, words=words, link=absolute(notice.path))
        except chat.NotPosted as wrong:
            _again(post, hook, str(wrong), is_last=message.tries + 1 >= MOST_TRIES, at=at)
            return False
        except chat.Dead as wrong:
            _leave(post, Sending.FAILED, str(wrong))
            pause(hook=hook, failure=str(wrong), at=at)
            return False
        except chat.Unclear as wrong:
            _leave(post, Sending.FAILED, str(wrong))
            _failed(hook, str(wrong), at=at)
            return False
    ChatPost.objects.filter(pk=post.pk).update(state=Sending.SENT, sent_at=at, failure="")
    ChatHook.objects.filter(pk=hook.pk).update(worked_at=at, failed_at=None, failure="")
    return True


def _again(post: ChatPost, hook: ChatHook, failure: str, *, is_last: bool, at: datetime) -> None:
    _leave(post, Sending.FAILED if is_last else Sending.QUEUED, failure)
    if is_last:
        pause(hook=hook, failure=failure, at=at)
        return
    _failed(hook, failure, at=at)
    raise NotPosted(failure)


@transaction.atomic
def pause(*, hook: ChatHook, failure: str, at: datetime) -> None:
    """The hook does not work: nothing more is posted through it, and its owner is told in the product, once."""
    changed = ChatHook.objects.filter(pk=hook.pk, is_active=True, url=hook.url)
    if changed.update(is_active=False, failed_at=at, failure=failure[:300]) and hook.user is not None:
        key = f"chat-hook:{hook.pk}:{int(at.timestamp())}"
        notify(user=hook.user, kind=PAUSED, key=key, about={}, path=reverse("notices:chat"), at=at)


def _failed(hook: ChatHook, failure: str, *, at: datetime) -> None:
    ChatHook.objects.filter(pk=hook.pk).update(failed_at=at, failure=failure[:300])


def _leave(post: ChatPost, state: Sending, failure: str) -> None:
    ChatPost.objects.filter(pk=post.pk).update(state=state, failure=failure[:300])
