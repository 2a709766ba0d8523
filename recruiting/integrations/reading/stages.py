"""What other systems call a stage, an outcome and a basis. What is not in here is asked, and remembered."""

from __future__ import annotations

from recruiting.candidates.models.sources import Channel
from recruiting.integrations.reading.fields import plain_header
from recruiting.jobs.stages import Stage

HIRED, LEFT, WITHDREW, OPEN = "hired", "left", "withdrew", "open"
OUTCOMES = (HIRED, LEFT, WITHDREW, OPEN)

_STAGES: dict[str, str] = {
    Stage.SOURCING: "applied|application|application review|new|new applied|sourced|sourcing|lead|prospect|"
    "inbox|in box|"
    "received|initial qualification|no contact|contacted|エントリー|応募|応募受付|母集団|母集団形成|未対応|"
    "新規応募|スカウト",
    Stage.SCREENING: "screening|screened|screen|phone screen|recruiter screen|hr screen|resume review|"
    "preliminary phone screen|"
    "in review|qualifying|candidate responded|書類選考|書類|書類審査|スクリーニング|簡易スクリーニング|"
    "適性検査|カジュアル面談",
    Stage.INTERVIEW: "interview|interviewing|interviewed|face to face|on site|onsite|onsite interview|"
    "tech screen|panel|manager|"
    "first interview|second interview|third interview|final interview|technical interview|take home test|"
    "executive interview|"
    "submitted|assessment|面接|一次面接|1次面接|二次面接|2次面接|三次面接|最終面接|面接調整|面接中|実技",
    Stage.HIRE: "offer|offered|offer extended|reference check|contract proposal|negotiation|hire|background check|"
    "内定|オファー|オファー面談|条件提示|内定通知|内定者",
}
_OUTCOMES: dict[str, str] = {
    HIRED: "hired|placed|contract signed|accepted|offer accepted|joined|onboarded|採用|採用決定|入社|"
    "内定承諾|入社済み|承諾",
    LEFT: "rejected|declined by us|not hired|disqualified|archived|closed|not in consideration|"
    "client declined|refused|"
    "failed|fail|unsuccessful|不採用|不合格|見送り|お見送り|書類不合格|面接不合格|終了|選考終了|落選",
    WITHDREW: "withdrawn|withdrew|withdraw|candidate withdrew|declined|offer declined|dropped out|辞退|"
    "選考辞退|内定辞退|キャンセル",
    OPEN: "active|in process|in progress|open|ongoing|pending|選考中|進行中|保留",
}
BY_NAME: dict[str, str] = {
    plain_header(word): meaning
    for table in (_STAGES, _OUTCOMES)
    for meaning, words in table.items()
    for word in words.split("|")
}

ANNOUNCED, AGREED, NOTHING = "announced", "agreed", "nothing"
_BASES: dict[str, str] = {
    ANNOUNCED: "announced|notice|informed|legitimate interest|告知|通知済み|公表",
    AGREED: "agreed|yes|y|true|1|consent|consented|granted|opt in|同意|同意済み|はい|可|○|◯|有",
    NOTHING: "nothing|none|no|n|false|0|refused|withdrawn|opt out|expired|pending|なし|いいえ|不可|×|無|未同意|拒否",
}
BASES = {plain_header(word): basis for basis, words in _BASES.items() for word in words.split("|")}

_CHANNELS: dict[str, str] = {
    Channel.APPLIED: "applied|careers page|career page|company website|website|自社サイト|採用ページ|"
    "直接応募|自社hp|ホームページ",
    Channel.REFERRAL: "referral|referred|employee referral|リファラル|社員紹介|紹介",
    Channel.AGENCY: "agency|recruiting agency|recruiter|headhunter|エージェント|人材紹介|人材紹介会社|紹介会社",
    Channel.SCOUT: "scout|sourced|sourcing|outbound|スカウト|ダイレクトリクルーティング|ダイレクト",
    Channel.JOB_BOARD: "job board|job site|indeed|glassdoor|求人媒体|求人サイト|媒体|ナビサイト|ハローワーク",
    Channel.SOCIAL: "linkedin|social|facebook|twitter|x|instagram|sns",
    Channel.EVENT: "event|career fair|job fair|meetup|イベント|説明会|合同説明会",
    Channel.AD: "ad|ads|advertisement|google ads|広告",
    Channel.ALUMNI: "alumni|rehire|アルムナイ|出戻り|再入社",
}
CHANNELS = {plain_header(word): channel for channel, words in _CHANNELS.items() for word in words.split("|")}


def meaning_of(written: str) -> str:
    """A stage or an outcome; "" where the word is nobody's."""
    return BY_NAME.get(plain_header(written), "")


def basis_of(written: str) -> str:
    return BASES.get(plain_header(written), "")


def channel_of(written: str) -> str:
    """The channel a source's name belongs to; what is not known stays an import with its own name."""
    return CHANNELS.get(plain_header(written), Channel.IMPORT)
