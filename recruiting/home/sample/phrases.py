"""What the sample's colleagues write, each in their own language: packets, returns, interview notes, offers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from recruiting.jobs.models import Criterion

Bank = Mapping[str, Sequence[str]]  # by language

SUMMARIES: Bank = {
    "en": [
        "Close to what {job} asks, by way of {employer}. Clear about what they want next, and quick to answer.",
        "Has done this work at {employer} and can say why it went as it did. A calm talker; worth an hour.",
        "The history at {employer} fits well. Less breadth than usual, more depth where we need it.",
        "Wants to leave {employer} for the work rather than the pay. Read our page before the call, asked well.",
        "Solid, not flashy. At {employer} others come to them when something is stuck.",
    ],
    "ja": [
        "{employer}での経験が求人の内容に近く、話も具体的です。レスポンスも早い方です。",
        "{employer}で同じ領域を担当。結果の理由まで説明できる方で、面接をお願いしたいです。",
        "{employer}での経歴が求人に合っています。幅よりも深さのある方です。",
        "年収よりも仕事の内容で転職を考えている方です。会社のことも調べたうえで話してくれました。",
        "派手さはありませんが、{employer}では周囲から頼られている様子です。",
    ],
}
EXPECTATIONS: Bank = {
    "en": [
        "A first talk within the week: they speak with one other company.",
        "Please look at depth rather than years.",
        "They would like to meet somebody of the team, not only us.",
        "",
    ],
    "ja": [
        "他社の選考もあるため、今週中に一度お話しいただけると助かります。",
        "年数よりも深さを見ていただければと思います。",
        "現場の方と話したいとのご希望です。",
        "",
    ],
}
QUESTIONS: Bank = {
    "en": [
        "Has led people only informally: enough for this level?",
        "Prefers two days at the office. Does that work for the team?",
        "Their last year was mostly maintenance. Ask what they would build.",
        "",
    ],
    "ja": [
        "マネジメントは非公式な経験のみです。このグレードで十分でしょうか。",
        "出社は週2日を希望。チームとして問題ないか確認をお願いします。",
        "直近1年は保守が中心です。これから作りたいものを聞いてください。",
        "",
    ],
}
RECHECKED: Bank = {
    "en": ["Asked again about start, pay and place last week: all as it was, and nothing stands in the way now."],
    "ja": ["入社時期・年収・勤務地を先週あらためて確認しました。前回の懸念は解消しています。"],
}
# What lies with a criterion that asks for a note, by words of its English text.
NOTES: Mapping[str, Bank] = {
    "fits the job": {
        "en": [
            "Did the same work in a smaller team. Looks for a place where it is done with care.",
            "Three of the four things the job asks, in production. The fourth they learn quickly.",
        ],
        "ja": [
            "小規模なチームで同じ仕事を担当。丁寧に取り組める環境を探しています。",
            "求める4点のうち3点は実務経験あり。残りも早く身につけられそうです。",
        ],
    },
    "work today": {"en": ["There for three years, in the same team."], "ja": ["現職は3年目、同じチームに在籍。"]},
    "Technical assessment": {
        "en": [
            "Passed. Tests first, and named what they had left out.",
            "Passed in time; the read-me alone is worth it.",
        ],
        "ja": ["合格。テストから書き、省いた点も明記していました。", "時間内に合格。READMEが特に良かったです。"],
    },
    "pay": {
        "en": ["Asked on the phone: inside the band, no surprise to expect.", "Confirmed by mail, inside the band."],
        "ja": ["電話で確認済み。レンジ内です。", "メールで確認済み、レンジに収まっています。"],
    },
    "Notice period": {
        "en": ["One month's notice.", "Two months, perhaps less."],
        "ja": ["退職まで1か月。", "2か月程度。"],
    },
    "can start": {"en": ["The first of the month after next."], "ja": ["翌々月1日から可能。"]},
    "References": {
        "en": ["One former lead, by phone: would work with them again."],
        "ja": ["前職の上長1名に確認済み。"],
    },
    "Other": {
        "en": ["One, at its first round.", "None they would tell us of."],
        "ja": ["1社、一次面接の段階。", "特になし。"],
    },
    "Code, talks": {"en": ["A talk of last spring, linked on their page."], "ja": ["昨春の登壇資料あり。"]},
}
# Why a card comes back, by words of the criterion that failed.
RETURNS: Mapping[str, Bank] = {
    "must-have skills": {
        "en": [
            "The second must-have is only named in a list. Where have they used it, and for how long?",
            "I see reading knowledge, not work. Please ask for one example from production.",
        ],
        "ja": [
            "必須スキルの2つ目は名前が挙がっているだけです。どこでどのくらい使ったか確認してください。",
            "実務での経験が読み取れません。本番での例をひとつ聞いてください。",
        ],
    },
    "Technical assessment": {
        "en": ["“Passed” is not enough for me: what did they do about the failing case?"],
        "ja": ["「合格」だけでは判断できません。失敗するケースへの対応を教えてください。"],
    },
    "pay": {
        "en": ["Asked three months ago. Please ask again before I give them an hour."],
        "ja": ["3か月前の情報のようです。面接の前に再度確認をお願いします。"],
    },
    "fits the job": {
        "en": [
            "This could be said of anybody. What made you think of this job?",
            "A good colleague, I am sure, but why this job? Two lines from the talk with them, please.",
        ],
        "ja": [
            "この説明だと誰にでも当てはまります。なぜこの求人なのか教えてください。",
            "良い方だと分かりますが、この求人である理由が読み取れません。",
        ],
    },
    "want to talk": {
        "en": [
            "They told me they thought it was about another job. Please talk to them first.",
            "No answer to two calls. Do they know that we would like to talk?",
        ],
        "ja": [
            "別の求人だと思っていたようです。先に本人と話してください。",
            "2回電話しましたが出られません。面談の希望を再度確認してください。",
        ],
    },
    "CV": {
        "en": ["The CV ends two years ago. I need the current one."],
        "ja": ["職務経歴書が2年前のものです。最新版をお願いします。"],
    },
    "Scorecards": {
        "en": ["The two of us disagree about design. Let us talk before we go on."],
        "ja": ["設計の評価が分かれています。先に話し合いましょう。"],
    },
}
AGAIN: Bank = {
    "en": [
        "Asked them yesterday: two years of it at {employer}, one example in the notes.",
        "Checked again and added.",
    ],
    "ja": ["昨日本人に確認しました。{employer}で2年間の実務があります。", "再度確認し、追記しました。"],
}
# --- Interviews -------------------------------------------------------------------------------------------------------
FOUND: Mapping[int, Bank] = {  # by score
    1: {"en": ["Could not name an own example."], "ja": ["自身の例が出てきませんでした。"]},
    2: {
        "en": [
            "Parts of it, and with help; the reasons stayed vague.",
            "Right for the usual case, lost in the other one.",
        ],
        "ja": ["部分的な経験で、理由の説明が曖昧でした。", "通常のケースはできるが、例外で止まりました。"],
    },
    3: {
        "en": [
            "One piece of work from start to end, with what went wrong.",
            "Weighed two ways and said why not the other.",
        ],
        "ja": ["失敗も含めて、最初から最後まで説明できました。", "二つの案を比べ、選ばなかった理由も話せました。"],
    },
    4: {
        "en": [
            "I learned something. Saw the weak point before I had asked.",
            "Simple where I had expected cleverness.",
        ],
        "ja": ["こちらが学びました。聞く前に弱点を挙げていました。", "凝るだろうと思った所が簡潔でした。"],
    },
}
RECOMMENDS: Mapping[int, Bank] = {  # by the overall word
    1: {"en": ["Not for this job, and not soon."], "ja": ["この求人では難しいと考えます。"]},
    2: {
        "en": ["Kind and honest, one level below what we need today.", "Good at the known, not yet at the unknown."],
        "ja": ["誠実な方ですが、求める水準には一歩届きません。", "経験のある範囲では良いが、未知の問題に弱いです。"],
    },
    3: {
        "en": [
            "Yes: would do the work from the first month, and asks before it hurts.",
            "Yes. I would like to work with them.",
        ],
        "ja": ["推薦します。最初の月から任せられそうです。", "一緒に働きたいと思える方でした。"],
    },
    4: {"en": ["Clearly yes, and let us be quick."], "ja": ["強く推薦します。早めに進めてください。"]},
}
# --- Offers -----------------------------------------------------------------------------------------------------------
OFFER_REFUSED: Bank = {
    "en": ["Above what the team's last two were offered. Please stay beside them."],
    "ja": ["直近の2名を上回っています。同水準に揃えてください。"],
}
OFFER_RESCINDED: Bank = {
    "en": ["The seat was moved to another team after the offer had gone out."],
    "ja": ["提示後にポジションが他部署へ移りました。"],
}
OFFER_NOTES: Bank = {
    "en": ["Equipment of their choice; two weeks at home a month."],
    "ja": ["機材は本人の希望。在宅勤務は月10日まで。"],
}
CV: Bank = {
    "en": [
        "{name}\n{title}\n\n"
        "Experience\n  {employer}, since {year}\n  - {skills}\n  - On call every third week, mentor of one colleague\n"
        "  Earlier: two smaller companies, five years\n\n"
        "Education\n  Bachelor's degree\n\nLanguages\n  Japanese, English\n"
    ],
    "ja": [
        "職務経歴書\n\n氏名　{name}\n職種　{title}\n\n"
        "職務経歴\n　{employer}（{year}年〜現在）\n　・{skills}\n　・後輩1名の指導、当番対応\n"
        "　それ以前：2社、計5年\n\n学歴\n　四年制大学 卒業\n"
    ],
}


def one_of(rng: random.Random, bank: Bank, language: str) -> str:
    return rng.choice(bank["ja" if language == "ja" else "en"])


def said_of(rng: random.Random, banks: Mapping[str, Bank], text: str, language: str) -> str:
    """The sentence for a criterion, found by words of its English text; empty where there is none."""
    bank = next((each for words, each in banks.items() if words in text), None)
    return one_of(rng, bank, language) if bank else ""


def note_for(rng: random.Random, criterion: Criterion, language: str) -> str:
    return said_of(rng, NOTES, criterion.text_en, language) or {"en": "Confirmed.", "ja": "確認済み。"}[language]
