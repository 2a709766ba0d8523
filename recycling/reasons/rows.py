"""The built-in list: every reason with its words, and what the machine makes of it. PURE.

Keys are stable. The words, side, class, cool-down and re-entry are only the start: the recruiting lead edits them
in the settings, and seeding never overwrites that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """What the exit dialog asks for a reason, and for no other."""

    DATE = "date"
    SKILL = "skill"  # which requirement was not met
    DECIDER = "decider"  # who refused
    PAY = "pay"
    RUNNER_UP = "runner_up"
    YEARS = "years"  # how many are missing


# key, English, 日本語
POOLS: tuple[tuple[str, str, str], ...] = (
    ("timing", "Timing", "時期"),
    ("skill", "Skill", "スキル"),
    ("decision", "Decision", "決裁"),
    ("terms", "Terms", "条件"),
    ("capacity", "Capacity", "採用枠"),
    ("interest", "Interest", "志向"),
    ("process", "Process", "選考過程"),
    ("fit", "Fit", "適合"),
    ("alumni", "Alumni", "アルムナイ"),
    ("met", "Met", "出会い"),
)


@dataclass(frozen=True)
class Row:
    """One reason as the house ships it. `pool` is None for classes X and A; `reach` is recycling's word for how far."""

    key: str
    en: str
    ja: str
    help_en: str
    help_ja: str
    side: str = "we"
    klass: str = "N"
    pool: str | None = None
    kind: str = "review"
    reach: str = "near"
    cool: int = 0
    cool_final: int | None = None
    re_entry: str = "screening"
    needs: tuple[Need, ...] = ()
    due_months: int | None = None  # the date where nobody names one
    is_offered: bool = False  # among the twelve of its side
    is_by_hand: bool = True  # False: a verb or an import gives it, the dialog does not


# fmt: off
BUILT_IN: tuple[Row, ...] = (
    Row("timing.start_date", "Not available before a date", "開始可能時期",
        "They can start, but not before a day they named.", "開始できる日が決まっており、それまでは入社できない。",
        side="they", pool="timing", kind="date", re_entry="after_valid", needs=(Need.DATE,), is_offered=True),
    Row("timing.notice", "Notice period or vesting", "退職時期・権利確定待ち",
        "They cannot leave where they are before a day they named.", "現職を離れられる日が決まっている。",
        side="they", pool="timing", kind="date", re_entry="after_valid", needs=(Need.DATE,), is_offered=True),
    Row("timing.tenure", "Just joined or promoted elsewhere", "入社・昇進直後",
        "They have only just started in their present work.", "現職に就いて間もない。",
        side="they", pool="timing", cool=12, is_offered=True),
    Row("timing.permit", "Right to work", "就労資格",
        "A permit is missing, and this job does not sponsor one.", "就労資格がなく、この求人では支援できない。",
        side="either", pool="timing", cool=6, needs=(Need.DATE,)),
    Row("capacity.on_hold", "Headcount frozen", "採用枠凍結",
        "We stopped hiring for this job.", "この求人の採用を止めた。",
        pool="capacity", kind="opening", reach="same", re_entry="stage_left", is_offered=True),
    Row("capacity.filled", "Position filled", "充足・次点",
        "Somebody else took the seat.", "他の方で枠が埋まった。",
        pool="capacity", kind="opening", reach="same", re_entry="interview", needs=(Need.RUNNER_UP,), is_offered=True),
    Row("skill.must_have", "Missing must-have", "必須スキル不足",
        "A requirement of this job was not met.", "この求人の必須要件を満たしていない。",
        pool="skill", kind="skill", cool=6, needs=(Need.SKILL,), is_offered=True),
    Row("skill.experience", "Not enough years", "経験年数不足",
        "The right experience, but too little of it for this level.", "経験の方向は合うが、年数が足りない。",
        pool="skill", cool=6, needs=(Need.YEARS,), is_offered=True),
    Row("skill.language", "Language level", "語学要件",
        "A language was below the level this job needs.", "語学力が求める水準に届かない。",
        pool="skill", kind="skill", cool=6, needs=(Need.SKILL,), is_offered=True),
    Row("skill.assessment", "Assessment not passed", "課題・適性検査",
        "They may take it again from a date.", "再受験できる日を決めて待つ。",
        pool="skill", kind="date", cool=12, needs=(Need.DATE,), due_months=12, is_offered=True),
    Row("skill.interview", "Interview performance", "面接評価",
        "The interviews did not show what the job needs.", "面接では求める力を確認できなかった。",
        pool="skill", cool=6, cool_final=12, re_entry="interview", is_offered=True),
    Row("skill.senior", "Too senior for the role", "経験過多",
        "A job one level up would fit better.", "より上位の求人が合う。",
        klass="R", pool="skill", kind="opening", reach="higher", re_entry="interview", is_offered=True),
    Row("decision.manager", "Decision-maker said no", "決裁者の判断",
        "Whoever decides said no; another may decide otherwise.", "決裁者が見送りと判断した。別の方なら変わり得る。",
        klass="R", pool="decision", kind="decider", cool=6, re_entry="interview", needs=(Need.DECIDER,),
        is_offered=True),
    Row("decision.approval", "Not approved yet", "承認待ち",
        "The requisition waits for its approval.", "求人の承認がまだ下りていない。",
        pool="decision", kind="opening", reach="own", re_entry="stage_left"),
    Row("decision.household", "Family’s decision", "家族等の意向",
        "They decide together with others, and not for now.", "周囲と相談のうえ、今回は見送り。",
        side="they", pool="decision", kind="date", cool=6, re_entry="stage_left", needs=(Need.DATE,), due_months=6,
        is_offered=True),
    Row("terms.pay", "Pay gap", "条件（年収）",
        "The pay they need is above the band of this job.", "希望額がこの求人の給与幅を上回る。",
        side="either", pool="terms", cool=6, re_entry="interview", needs=(Need.PAY,), is_offered=True),
    Row("terms.place", "Location or remote", "勤務地・リモート",
        "Where this job is done does not suit them.", "勤務地や働き方が合わない。",
        side="either", pool="terms", is_offered=True),
    Row("terms.hours", "Hours or contract type", "勤務時間・雇用形態",
        "They look for another form of work.", "希望する雇用形態や時間が異なる。",
        side="either", pool="terms", cool=3),
    Row("interest.other_offer", "Accepted another offer", "他社決定",
        "They start somewhere else.", "他社への入社を決めた。",
        side="they", pool="interest", cool=6, is_offered=True),
    Row("interest.stayed", "Stayed with employer", "現職残留",
        "They stay where they are, for now.", "現職に残ることにした。",
        side="they", pool="interest", kind="date", cool=6, re_entry="interview", due_months=6, is_offered=True),
    Row("interest.role", "Role not of interest", "志向不一致",
        "They look for another kind of work.", "別の職種を希望している。",
        side="they", klass="R", pool="interest", reach="named", cool=6, re_entry="sourcing", is_offered=True),
    Row("interest.withdrew", "Withdrew", "辞退",
        "They stepped back without one of the other reasons.", "他の理由によらず辞退した。",
        side="they", pool="interest", cool=6, re_entry="stage_left", is_offered=True),
    Row("process.slow", "Our process was slow or unclear", "選考の遅さ・説明不足",
        "We lost them; something of ours has to change first.", "こちらの進め方が原因。改善を確かめてから。",
        side="they", pool="process", cool=3, re_entry="stage_left", is_offered=True),
    Row("process.no_reply", "No reply", "連絡不通",
        "They have not answered.", "連絡がつかない。",
        side="they", pool="process", cool=6, re_entry="sourcing", is_offered=True),
    Row("process.no_show", "Did not appear", "無断欠席",
        "They did not come and did not say so.", "連絡なく来なかった。",
        side="they", pool="process", cool=12),
    Row("legacy.not_recorded", "Reason not recorded", "理由の記録なし",
        "Brought in from elsewhere without a reason.", "他システムから理由なしで取り込んだ。",
        side="either", pool="process", is_by_hand=False),
    Row("fit.values", "Values, against a documented criterion", "価値観不一致",
        "Name the written criterion in the evidence.", "文書化された基準を根拠に書くこと。",
        klass="R", pool="fit", cool=12),
    Row("fit.far", "Several must-haves missing", "要件大幅未達",
        "Far from what this job needs.", "必須要件の多くを満たしていない。",
        pool="fit", cool=12, re_entry="sourcing", is_offered=True),
    Row("integrity.reference", "Reference or background", "リファレンス",
        "Closes everything: nobody proposes them again.", "すべて終了し、以後提案されない。",
        klass="X"),
    Row("integrity.false", "Misrepresented", "経歴相違",
        "Closes everything: nobody proposes them again.", "すべて終了し、以後提案されない。",
        klass="X"),
    Row("consent.withdrawn", "Wants no further contact", "連絡不要・同意撤回",
        "Withdraws future roles and mailings; nobody contacts them again.", "今後の案内も含め、連絡を止める。",
        side="they", klass="X"),
    Row("met.no_job", "Met, no job yet", "出会い（求人なし）",
        "Somebody met them before there was a job.", "求人より先に出会った。",
        side="either", pool="met", re_entry="sourcing", is_by_hand=False),
    Row("alumni.left", "Left us, welcome back", "退職（再入社歓迎）",
        "They worked here and are welcome again.", "当社で働いていた。再入社を歓迎する。",
        side="either", pool="alumni", cool=6, is_by_hand=False),
    Row("admin.duplicate", "Entered twice", "重複登録",
        "The same application stands elsewhere.", "同じ応募が別にある。",
        side="either", klass="A"),
    Row("admin.spam", "Spam", "スパム",
        "Not a person who applies.", "応募者ではない。",
        side="either", klass="A"),
    Row("admin.test", "Test", "テスト",
        "Somebody tried something out.", "動作確認のための登録。",
        side="either", klass="A"),
    Row("admin.mistake", "Entered by mistake", "誤登録",
        "They never were in this funnel.", "本来この選考に入っていなかった。",
        side="either", klass="A"),
    Row("admin.moved", "Moved to another job", "別求人へ移動",
        "Goes on for another job.", "別の求人で続く。",
        side="either", klass="A", is_by_hand=False),
    Row("admin.hired_here", "Hired for another job here", "社内の別求人で採用",
        "They start here, in another seat.", "別の枠で当社に入社する。",
        side="either", klass="A"),
)
# fmt: on
BY_KEY: dict[str, Row] = {row.key: row for row in BUILT_IN}


def needs_of(key: str) -> tuple[Need, ...]:
    """What the dialog asks for a reason; one that the lead added asks for nothing."""
    row = BY_KEY.get(key)
    return row.needs if row else ()
