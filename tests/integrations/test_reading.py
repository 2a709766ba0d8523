"""Foreign files, columns and words are read as people meant them."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from recruiting.core.refused import Refused
from recruiting.integrations.reading import mapping, stages, tables
from recruiting.integrations.reading.decoding import encoding_of, plain_text
from recruiting.integrations.reading.fields import guess
from recruiting.integrations.reading.resumes import read_resume
from recruiting.integrations.reading.values import compatible, date_order, day_from, fluency, split_name


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("2024-09-11", "", date(2024, 9, 11)),
        ("2024/9/1", "", date(2024, 9, 1)),
        ("2024年9月11日", "", date(2024, 9, 11)),
        ("２０２４年９月", "", date(2024, 9, 1)),
        ("2024-09-21T00:00:00", "", date(2024, 9, 21)),
        ("2024", "", date(2024, 1, 1)),
        ("9/11/2024", "", date(2024, 9, 11)),
        ("9/11/2024", "dmy", date(2024, 11, 9)),
        ("21/11/2024", "", date(2024, 11, 21)),
        ("11 Sep 2024", "", date(2024, 9, 11)),
        ("September 11, 2024", "", date(2024, 9, 11)),
        ("2024-02-30", "", None),
        ("soon", "", None),
    ],
)
def test_a_day_is_read_as_it_is_written(written, order, day):
    assert day_from(written, order) == day


def test_one_day_beyond_the_twelfth_tells_the_order_of_a_column():
    assert date_order(["9/11/2024", "21/3/2024"]) == "dmy"
    assert date_order(["9/11/2024", "3/21/2024"]) == "mdy"
    assert date_order(["9/11/2024"]) == ""


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("山田 太郎", "山田", "太郎"),
        ("山田　太郎", "山田", "太郎"),
        ("Taro Yamada", "Yamada", "Taro"),
        ("Yamada, Taro", "Yamada", "Taro"),
        ("Mary Ann Evans", "Evans", "Mary Ann"),
        ("Cher", "Cher", ""),
    ],
)
def test_a_name_is_taken_apart_in_its_own_order(written, family, given):
    assert split_name(written) == (family, given)


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        (("Allen", "Robert"), ("Allen", "Rob"), True),
        (("Allen", "Robert"), ("Alen", "Robert"), True),
        (("Allen", "Robert"), ("Robert", "Allen"), True),
        (("Allen", ""), ("Allen", "Robert"), True),
        (("高橋", "花子"), ("髙橋", "花子"), True),
        (("Allen", "Robert"), ("Allen", "Grace"), False),
        (("山田", "太郎"), ("山田", "花子"), False),
        (("森", "葵"), ("森田", "葵"), False),
    ],
)
def test_two_names_can_be_one_persons(one, other, is_so):
    assert compatible(one, other) is is_so


def test_headers_are_guessed_in_both_languages():
    columns = [
        "応募者ID",
        "氏名",
        "フリガナ",
        "メールアドレス",
        "電話番号",
        "求人名",
        "選考ステップ",
        "応募日",
        "不採用理由",
        "備考",
    ]

    assert list(guess(columns, {}).values()) == [
        *("external_id", "full_name", "full_kana", "email", "phone", "job", "stage", "sourcing_on", "reason", ""),
    ]
    english = guess(["Candidate ID", "First Name", "Last Name", "Applied On", "Current Stage", "Rejection Reason"], {})
    assert list(english.values()) == ["external_id", "given_name", "family_name", "sourcing_on", "stage", "reason"]


def test_a_column_of_yes_and_no_is_a_flag_and_one_of_days_is_a_day():
    samples = {"interview": ["0", "1"], "offer": ["2024-01-02"], "hired": ["0"]}

    found = guess(["interview", "offer", "hired"], samples)

    assert found == {"interview": "flag_interview", "offer": "hire_on", "hired": "flag_hired"}


def test_a_table_that_names_no_person_is_refused_with_what_to_do():
    with pytest.raises(Refused, match="does not look like a list of people"):
        mapping.check(mapping.guessed(["Job ID", "Agency"], {}), ["Job ID", "Agency"])


def test_the_headers_of_the_next_export_are_recognised_in_any_order():
    assert mapping.fingerprint(["Name", "E-Mail"]) == mapping.fingerprint(["e-mail", "name"])


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("Phone Screen", "screening"), ("最終面接", "interview"), ("内定", "hire"), ("不採用", "left"), ("採用", "hired")],
)
def test_stages_and_outcomes_of_others_are_known(word, meaning):
    assert stages.meaning_of(word) == meaning


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("氏名,メール\n髙橋,a@b.jp\n", "cp932"),
        ("氏名\n山田\n", "utf-8"),
        ("氏名\n山田\n", "utf-8-sig"),
        ("氏名\n山田\n", "utf-16"),
    ],
)
def test_any_usual_encoding_becomes_plain_text(text, encoding):
    file = io.BytesIO(text.encode(encoding))

    found = encoding_of(file)

    assert found == encoding
    assert b"".join(plain_text(file, found)).decode() == text


def test_nuls_and_every_kind_of_line_end_are_made_plain():
    file = io.BytesIO(b"a,b\r\n1\x00,2\r3,4\n")

    assert b"".join(plain_text(file, "utf-8")) == b"a,b\n1,2\n3,4\n"


def test_reading_goes_on_where_the_last_row_ended():
    file = io.BytesIO('name;note\n"Mori; Aya";"two\nlines"\n\n山田;x\nSato;y\n'.encode())
    sign = tables.delimiter_of("name;note\n")
    columns, begins = tables.header(file, sign)
    first, second, third = tables.rows(file, sign, at=begins, number=0)

    again = list(tables.rows(file, sign, at=first.ends, number=first.number))

    assert (columns, first.cells) == (["name", "note"], ["Mori; Aya", "two\nlines"])
    assert again == [second, third]


def test_a_table_of_absurd_width_and_an_empty_one_are_refused():
    with pytest.raises(Refused, match="columns"):
        tables.header(io.BytesIO(b"," * 500), ",")
    with pytest.raises(Refused, match="empty"):
        tables.header(io.BytesIO(b"\n\n"), ",")


def test_a_cell_of_absurd_length_is_cut():
    file = io.BytesIO(b"a,b\n" + b"x" * 50_000 + b",2\n")

    (row,) = tables.rows(file, ",", at=4, number=0)

    assert [len(cell) for cell in row.cells] == [tables.LONGEST_CELL, 1]


def test_columns_of_one_name_stay_apart():
    assert tables.header(io.BytesIO(b"name,name,\n"), ",")[0] == ["name", "name (2)", "Column 3"]


@pytest.mark.parametrize(
    ("written", "level"), [("Native speaker", 6), ("Fluent", 5), ("Conversational", 3), ("a bit", None)]
)
def test_fluency_is_a_level_where_the_word_says_one(written, level):
    assert fluency(written, 6) == level


def a_resume(**parts):
    return json.dumps(parts).encode()


def read(content):
    return read_resume(content, number=1, name="mei.json", basis=None, country="JP")


def test_keywords_are_the_skills_and_their_groups_are_headings():
    resume = read(a_resume(skills=[{"name": "Backend", "keywords": ["Go", "Python"]}, {"name": "Excel"}]))

    assert resume.skills == [("Go", ""), ("Python", ""), ("Excel", "")]


def test_where_they_work_is_the_post_without_an_end():
    work = [{"name": "Old", "endDate": "2020"}, {"name": "Now", "position": "Lead", "startDate": "2021-03"}]

    resume = read(a_resume(work=work))

    assert (resume.employer, resume.title, resume.since) == ("Now", "Lead", date(2021, 3, 1))


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (a_resume(basics={"email": 5}), "not_text", "basics.email"),
        (a_resume(work=[{"startDate": "May 2020"}]), "not_day", "work[1].startDate"),
        (a_resume(skills={}), "not_list", "skills"),
        (b"[1]", "not_group", "resume"),
    ],
)
def test_what_the_format_does_not_allow_is_refused_by_its_name(content, code, field):
    refused = read(content)

    assert refused.is_refused
    assert (refused.notes[0][0], refused.notes[0][1]["field"]) == (code, field)


def test_a_file_that_is_no_json_is_refused():
    assert read(b"{").notes[0][0] == "no_json"
