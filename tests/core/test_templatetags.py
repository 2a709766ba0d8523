"""The tags of the shell: icons that are silent or named, names in their language, doors that are open or absent."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.utils import timezone, translation

from recruiting.accounts.models import User
from recruiting.accounts.roles import Role
from recruiting.core.templatetags import shell

TANAKA = SimpleNamespace(family_name="田中", given_name="翔太", name="田中 翔太", name_lang="ja")


def rendered(source: str, **context: object) -> str:
    return Template("{% load shell %}" + source).render(Context(context)).strip()


def test_an_icon_beside_its_word_is_silent_and_alone_it_has_a_name():
    assert 'aria-hidden="true"' in shell.icon("mail")
    assert 'role="img" aria-label="Close"' in shell.icon("x", label="Close")
    assert "aria-hidden" not in shell.icon("x", label="Close")


@pytest.mark.parametrize("name", ["eddy", "gate", "still-water"])
def test_our_own_glyphs_are_drawn_like_the_others(name):
    assert shell.icon(name, "s", label='"quoted"').startswith(
        '<svg width="13" height="13" viewBox="0 0 24 24" class="i i--s"'
    )
    assert "&quot;quoted&quot;" in shell.icon(name, "s", label='"quoted"')


def test_a_name_carries_the_language_it_is_written_in():
    assert rendered("{% person_name who %}", who=TANAKA) == '<span lang="ja">田中 翔太</span>'


def test_a_name_cannot_bring_markup():
    who = SimpleNamespace(name="<b>", name_lang='"><')

    assert rendered("{% person_name who %}", who=who) == '<span lang="&quot;&gt;&lt;">&lt;b&gt;</span>'


def test_an_avatar_is_not_read_aloud():
    assert rendered('{% avatar who "l" %}', who=TANAKA) == (
        '<span class="avatar avatar--l" lang="ja" aria-hidden="true">田</span>'
    )


def test_days_and_sums_follow_the_language_of_the_reader():
    with time_machine.travel(datetime(2026, 11, 24, 9, 50, tzinfo=ZoneInfo("Asia/Tokyo")), tick=False):
        page = '{{ due|day }} {% money 9800000 "JPY" %} {{ n|in_days }}'
        english = rendered(page, due=date(2026, 11, 26), n=6)
        with translation.override("ja"):
            japanese = rendered(page, due=date(2026, 11, 26), n=6)

    assert (english, japanese) == ("Thu 26 ¥9.8M 6 d", "11/26（木） 980万円 6日")


def test_a_rate_never_stands_without_its_n():
    assert rendered("{% rate share 23 %}", share=0.78) == (
        '<b class="num">78 %</b> <small class="num quiet">n 23</small>'
    )


def test_a_gauge_says_its_levels_and_marks_what_is_asked():
    drawn = rendered("{% gauge 4 3 %}")

    assert 'aria-label="level 4 held, 3 asked"' in drawn
    assert drawn.count('class="held"') == 4
    assert 'd="M37.4 0v8"' in drawn


def test_what_somebody_only_says_is_drawn_pale():
    assert rendered("{% gauge 2 3 True %}").count('class="half"') == 2


def line_for(role: str, path: str = "/", permission: str = "accounts.invite_user") -> str:
    request = SimpleNamespace(user=User(role=role, family_name="中村"), path=path)
    return rendered(f'{{% nav_link "accounts:users" "Users" "users-round" "{permission}" key="U" %}}', request=request)


def test_the_navigation_hides_doors_that_do_not_open():
    assert "<a " not in line_for(Role.INTERVIEWER)
    assert "<a " in line_for(Role.RECRUITING_LEAD)


def test_the_navigation_marks_where_one_is():
    assert 'aria-current="page"' in line_for(Role.RECRUITING_LEAD, path="/accounts/users/")
    assert "aria-current" not in line_for(Role.RECRUITING_LEAD, path="/")


@pytest.mark.parametrize(("tags", "undo"), [("/exits/4/undo/", "/exits/4/undo/"), ("", ""), ("success", "")])
def test_a_toast_carries_undo_only_when_it_was_given_an_address(tags, undo):
    assert shell.undo_url(Message(20, "Somebody rests in Terms.", extra_tags=tags)) == undo


def test_a_field_says_its_error_where_readers_find_it():
    from django import forms

    class Floor(forms.Form):
        floor = forms.IntegerField(label="Their floor")

    page = rendered('{% include "components/_field.html" with field=form.floor %}', form=Floor({}))

    assert 'aria-invalid="true"' in page
    assert 'id="id_floor_error"' in page
    assert 'aria-describedby="id_floor_error"' in page


def test_a_deadline_is_said_on_the_readers_own_clock():
    due_at = datetime(2026, 11, 25, 11, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    with time_machine.travel(datetime(2026, 11, 24, 9, 50, tzinfo=ZoneInfo("Asia/Tokyo")), tick=False):
        assert rendered("{{ at|due }}", at=due_at) == "due tomorrow 11:00"
        with translation.override("ja"):
            assert rendered("{{ at|due }}", at=due_at) == "明日 11:00 まで"
        with timezone.override("Europe/Berlin"):
            assert rendered("{{ at|due }}", at=due_at) == "due tomorrow 03:00"
    assert rendered("{{ none|due }}", none=None) == "–"


def test_a_clock_says_how_loud_it_is_and_what_is_left():
    warn_at, miss_at = (datetime(2026, 11, 24, hour, 0, tzinfo=ZoneInfo("Asia/Tokyo")) for hour in (10, 14))
    with time_machine.travel(datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Tokyo")), tick=False):
        assert rendered("{{ warn|due_tone:miss }}", warn=warn_at, miss=miss_at) == "warn"
        assert rendered("{{ warn|due_tone:miss }}", warn=None, miss=warn_at) == "late"
    assert rendered("{{ 600|working_left }} {{ none|working_left }}", none=None) == "10 h left –"
