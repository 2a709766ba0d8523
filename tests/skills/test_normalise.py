from __future__ import annotations

import pytest

from recruiting.skills.normalise import normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("React.js", "reactjs"),
        ("React JS", "reactjs"),
        ("REACT-JS", "react_js"),
        ("Node.js", "NodeJS"),
        ("Vue.js", "vuejs"),
        ("Next.js", "next js"),
        ("ＪＡＶＡ", "Java"),
        ("Ｃ＃", "c#"),
        ("C♯", "C#"),
        ("C ++", "Ｃ＋＋"),
        (" .NET ", ".net"),
        ("・.NET", ".NET"),
        (".NET Core", ".netcore"),
        ("ASP .NET", "ASP.NET"),
        ("Objective C", "objective-c"),
        ("ｼﾞｬﾊﾞ", "ジャバ"),
        ("ジャヴァ", "ジャバ"),
        ("ｼﾞｬﾊﾞｽｸﾘﾌﾟﾄ", "ジャバスクリプト"),
        ("ジャバ・スクリプト", "ジャバスクリプト"),
        ("そろばん", "ソロバン"),
        ("サーバー", "サーバ"),
        ("ＳＱＬサーバー", "SQLサーバ"),
        ("エンジニアー", "エンジニア"),
        ("CI／CD", "ci/cd"),
        ("TCP/IP", "tcpip"),
        ("PL/SQL", "PLSQL"),
        ("A/B testing", "ab Testing"),
        ("Français", "francais"),
        ("Tiếng Việt", "tieng viet"),
        ("Excel®", "excel"),
        ("Java\u200bScript", "JavaScript"),
        ("Java\t\n", "java"),
        ("• Python", "python"),
        ("Ruby.", "ruby"),
        ("日商簿記　２級", "日商簿記2級"),
    ],
)
def test_two_spellings_of_one_skill_are_equal(one, other):
    assert normal_form(one) == normal_form(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        ("F", "F#"),
        (".NET", "NET"),
        ("ASP.NET", ".NET"),
        ("Java", "JavaScript"),
        ("ジャバ", "ジャバスクリプト"),
        ("ルビー", "ルビ"),
        ("R&D", "RD"),
        ("TypeScript", "JavaScript"),
        ("がく", "かく"),
        ("ハブ", "バブ"),
        ("Go", "Goo"),
    ],
)
def test_two_skills_are_never_equal(one, other):
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize("nothing", ["", " ", "　", "・・・", "-", ".", "...", "\u200b", "\x00"])
def test_where_nothing_is_left_nothing_is_compared(nothing):
    assert normal_form(nothing) == ""


WRITTEN = ["React.js", "ＪＡＶＡ", "サーバー", ".NET Core", "Ｃ＃", "Español", "ﾍﾞﾄﾅﾑ語", "ヴァイオリン"]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_normal_form_is_its_own_normal_form(text):
    assert normal_form(normal_form(text)) == normal_form(text)
