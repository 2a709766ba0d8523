"""What a column can mean, and the names it goes by, in English and Japanese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruiting.candidates.normal import fold

EXTRA, SKIP = "", "-"  # kept as an extra field; left out

# target → (label, names of columns). The first group says who they are, the second what happened.
PERSON: dict[str, tuple[str | Promise, str]] = {
    "external_id": (
        _("Their number there"),
        "candidate id|cand id|applicant id|person id|unique id|external id|id|応募者id|候補者id|応募者番号|"
        "候補者番号|管理番号",
    ),
    "full_name": (
        _("Name"),
        "name|full name|candidate|candidate name|applicant name|applicant|partner name|氏名|名前|お名前|"
        "応募者名|候補者名|応募者氏名",
    ),
    "family_name": (_("Family name"), "last name|surname|family name|lastname|姓|苗字|名字|氏"),
    "given_name": (_("Given name"), "first name|given name|firstname|forename|名"),
    "full_kana": (_("Name, kana"), "kana|name kana|フリガナ|ふりがな|氏名カナ|カナ|カナ氏名|氏名フリガナ|氏名ふりがな"),
    "family_kana": (_("Family name, kana"), "last name kana|family kana|セイ|せい|姓カナ|姓フリガナ|姓ふりがな"),
    "given_kana": (_("Given name, kana"), "first name kana|given kana|メイ|めい|名カナ|名フリガナ|名ふりがな"),
    "email": (
        _("E-mail"),
        "email|e mail|mail|email address|email addresses|e mail address|email from|メール|メールアドレス|"
        "eメール|mailアドレス",
    ),
    "phone": (
        _("Phone"),
        "phone|mobile|telephone|tel|phone number|mobile number|phone numbers|cell|partner phone|電話|"
        "電話番号|携帯|携帯電話|携帯番号|連絡先",
    ),
    "linkedin": (_("LinkedIn"), "linkedin|linkedin url|linkedin profile"),
    "links": (_("Links"), "link|links|url|website|websites|portfolio|github|homepage|ポートフォリオ|ウェブサイト"),
    "location": (
        _("Lives in"),
        "location|city|current location|address|residence|candidate location|居住地|住所|所在地|現住所|"
        "都道府県|市区町村",
    ),
    "country": (_("Country (two letters)"), "country|country code|国"),
    "employer": (
        _("Employer"),
        "company|current company|employer|current employer|organization|勤務先|現職|会社|会社名|現在の勤務先|所属",
    ),
    "title": (_("Title"), "title|current title|position title|headline|occupation|役職|職種|現在の職種|肩書"),
    "employer_since_on": (_("There since"), "employer since|company since|入社年月|現職入社日"),
    "available_on": (
        _("Available from"),
        "available from|available on|availability|入社可能日|稼働可能日|入社可能時期",
    ),
    "skills": (_("Skills"), "skills|skill|technologies|tech stack|key skills|スキル|保有スキル|技術|経験技術"),
    "basis": (
        _("Future use rests on"),
        "consent|basis|legal basis|future use|gdpr consent|同意|個人情報同意|タレントプール同意|再連絡可否|今後の案内",
    ),
    "basis_on": (_("… since"), "consent date|consent given on|consented at|同意日|同意取得日"),
    "basis_until": (_("… until"), "consent until|consent expires|consent expiration|同意期限|保管期限"),
}
HISTORY: dict[str, tuple[str | Promise, str]] = {
    "application_id": (
        _("Number of the application"),
        "application id|application number|応募id|応募番号|選考id|エントリーid",
    ),
    "job": (
        _("Job"),
        "job|job name|job title|job role|role|role applied|position|applied job|applied position|"
        "requisition|vacancy|"
        "求人|求人名|応募求人|応募職種|募集職種|応募ポジション|ポジション|採用職種",
    ),
    "stage": (
        _("Furthest stage or step"),
        "stage|current stage|furthest stage|step|stage name|last stage|milestone|選考段階|選考ステップ|"
        "ステップ|進捗|選考フェーズ|フェーズ",
    ),
    "status": (
        _("Status or outcome"),
        "status|outcome|state|result|application status|candidate status|hired or rejected|decision|"
        "ステータス|結果|選考結果|合否|選考状況|状態|選考ステータス",
    ),
    "reason": (
        _("Reason"),
        "reason|rejection reason|reject reason|refuse reason|rejected reason|withdrawal reason|"
        "archive reason|disposition|"
        "disposition reason|不採用理由|辞退理由|不合格理由|見送り理由|終了理由|お見送り理由|離脱理由|選考終了理由",
    ),
    "source": (
        _("Source"),
        "source|channel|source name|recruiting source|how did you hear|応募経路|経路|流入経路|媒体|"
        "採用チャネル|応募媒体|チャネル",
    ),
    "sourcing_on": (
        _("Applied or entered on"),
        "applied|applied on|applied at|applied date|date applied|application date|apply date|entered at|"
        "created at|create date|"
        "応募日|応募日時|エントリー日|登録日",
    ),
    "screening_on": (
        _("Screening since"),
        "screening date|screened on|screened at|screening on|書類選考日|書類選考開始日",
    ),
    "interview_on": (
        _("Interviews since"),
        "interview date|interviewed on|first interview date|interview on|面接日|一次面接日|初回面接日",
    ),
    "hire_on": (_("Offer since"), "offer date|offered on|offer extended|offer on|内定日|オファー日|内定通知日"),
    "ended_on": (
        _("Ended on"),
        "rejected on|rejected at|rejection date|closed at|ended on|end date|decision date|archived at|"
        "date closed|hired on|"
        "hire date|date hired|不採用日|終了日|選考終了日|決定日|辞退日|見送り日|結果通知日",
    ),
    "starts_on": (_("Starts work on"), "start date|starts on|joining date|date of joining|入社日|入社予定日"),
    "told": (_("Were they told"), "told|informed|notified|rejection email sent|通知|結果通知|連絡済み"),
    "told_on": (_("Told on"), "told on|informed on|notified on|通知日|結果連絡日"),
    "flag_sourcing": (_("Came in (yes or no)"), "application|applied|entry|sourced|応募|母集団"),
    "flag_screening": (
        _("Was screened (yes or no)"),
        "screening|screened|phone screen|書類選考|スクリーニング|書類通過",
    ),
    "flag_interview": (_("Was interviewed (yes or no)"), "interview|interviewed|onsite|面接|一次面接|面接実施"),
    "flag_hire": (_("Had an offer (yes or no)"), "offer|offered|offer made|内定|オファー"),
    "flag_hired": (_("Was hired (yes or no)"), "hired|hire|is hired|accepted|採用|入社|内定承諾"),
}
TARGETS = PERSON | HISTORY
FLAGS = tuple(target for target in HISTORY if target.startswith("flag_"))
DATES = tuple(target for target in TARGETS if target.endswith("_on") or target == "basis_until")
MANY = ("email", "phone", "links", "skills")  # may be read from several columns
SAYS_WHO = ("external_id", "full_name", "family_name", "given_name", "email", "phone", "linkedin")

_JOINTS = re.compile(r"[\s_\-./:：()（）・#*]+")


def plain_header(written: str) -> str:
    return _JOINTS.sub(" ", fold(written)).strip()


_BY_NAME: dict[str, str] = {}
for _target, (_label, _names) in TARGETS.items():
    if _target not in FLAGS:
        for _name in _names.split("|"):
            _BY_NAME.setdefault(plain_header(_name), _target)
_FLAG_NAMES = {plain_header(name): target for target in FLAGS for name in HISTORY[target][1].split("|")}
_YES_OR_NO = {"", "0", "1", "yes", "no", "true", "false", "y", "n", "○", "×", "はい", "いいえ", "有", "無"}


def guess(columns: Sequence[str], samples: dict[str, list[str]]) -> dict[str, str]:
    """Column → target; EXTRA where nothing is recognised. A target that takes one column takes the first."""
    found: dict[str, str] = {}
    for column in columns:
        target = _of(column, samples.get(column, []))
        taken = target in found.values() and target not in MANY
        found[column] = EXTRA if taken else target
    return found


def _of(column: str, values: list[str]) -> str:
    name = plain_header(column)
    is_flag = bool(values) and {fold(value) for value in values} <= _YES_OR_NO
    if is_flag and name in _FLAG_NAMES:
        return _FLAG_NAMES[name]
    target = _BY_NAME.get(name) or _BY_NAME.get(name.replace(" ", ""), EXTRA)
    if not target and name in _FLAG_NAMES and any(re.match(r"\d{4}[-/.年]", value) for value in values):
        return {"flag_hired": "ended_on"}.get(_FLAG_NAMES[name], _FLAG_NAMES[name].removeprefix("flag_") + "_on")
    return target
