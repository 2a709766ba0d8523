"""Equal names and addresses are equal, however they are written."""

from __future__ import annotations

import phonenumbers
import pytest
from django.core.validators import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from recruiting.candidates import normal
from recruiting.candidates.normal import (
    fold,
    normal_account,
    normal_email,
    normal_phone,
    search_text,
    searched_phone,
    web_address,
    words,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Çetin", "cetin"),
        ("İpek Işık", "ipek isik"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Straße", "strasse"),
        ("ＹＡＭＡＤＡ", "yamada"),
        ("やまだ たろう", "ヤマダ タロウ"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("髙橋", "高橋"),
        ("渡邊", "渡辺"),
        ("山田　太郎", "山田 太郎"),
        ("Nguyễn", "nguyen"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_search_compares_what_people_mean(written, folded):
    assert fold(written) == folded


def test_both_orders_of_a_name_are_found_with_and_without_a_space():
    text = search_text(family="山田", given="太郎", kana=("やまだ", "たろう"), others=["Aozora Pay"])

    for typed in ("山田太郎", "山田 太郎", "太郎山田", "やまだたろう", "ヤマダ", "aozora"):
        assert all(word in text for word in words(typed)), typed
    assert text.startswith(" 山田 ")


@pytest.mark.parametrize(
    ("written", "country", "normal"),
    [
        ("090-1234-5678", "JP", "+819012345678"),
        ("０９０−１２３４−５６７８", "JP", "+819012345678"),
        ("+1 (650) 253-0000", "JP", "+16502530000"),
        ("030 901820", "DE", "+4930901820"),
        ("call me", "JP", ""),
        ("12", "JP", ""),
    ],
)
def test_a_number_is_read_in_its_country(written, country, normal):
    assert normal_phone(written, country) == normal


def test_an_address_is_the_same_in_any_case_and_width():
    assert normal_email(" Mei@Example.JP ") == normal_email("ｍｅｉ@example.jp") == "mei@example.jp"


def test_an_account_is_the_same_with_and_without_its_dressing():
    assert normal_account("https://www.linkedin.com/in/Mei/?trk=x") == "linkedin.com/in/mei"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("github.com/mei", "https://github.com/mei"),
        ("http://mei.example", "http://mei.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://files.example", ""),
        ("https://a b.example", ""),
    ],
)
def test_a_link_is_an_address_of_the_web(written, kept):
    assert web_address(written) == kept


@settings(deadline=None)
@given(st.from_regex(normal._PLAIN_EMAIL, fullmatch=True))
def test_what_is_plainly_an_address_is_one(written):
    if normal.is_plain_email(written):
        validate_email(written)


@pytest.mark.parametrize("written", ["090-1234-5678", "08012345678", "070-12345678"])
def test_a_mobile_number_is_told_at_once_as_it_is_told_closely(written):
    looked_at = phonenumbers.parse(written, "JP")
    dialled = phonenumbers.format_number(looked_at, phonenumbers.PhoneNumberFormat.NATIONAL).replace("-", "")

    assert normal_phone(written, "JP") == phonenumbers.format_number(looked_at, phonenumbers.PhoneNumberFormat.E164)
    assert searched_phone(normal_phone(written, "JP")).split() == [normal_phone(written, "JP")[1:], dialled]
