"""Invented names of people, employers and places. Any likeness is chance."""

from __future__ import annotations


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",")]


def _pairs(text: str, between: str) -> list[tuple[str, str]]:
    halves = (name.partition(between) for name in _listed(text))
    return [(one, other) for one, _between, other in halves]


# family and given names with their kana
FAMILIES = _pairs(
    """
佐藤 さとう, 鈴木 すずき, 高橋 たかはし, 田中 たなか, 伊藤 いとう, 渡辺 わたなべ,
山本 やまもと, 中村 なかむら, 小林 こばやし, 加藤 かとう, 吉田 よしだ, 山田 やまだ,
松本 まつもと, 井上 いのうえ, 木村 きむら, 林 はやし, 清水 しみず, 山崎 やまざき,
森 もり, 池田 いけだ, 橋本 はしもと, 石川 いしかわ, 前田 まえだ, 岡田 おかだ,
長谷川 はせがわ, 藤田 ふじた, 後藤 ごとう, 近藤 こんどう, 村上 むらかみ, 坂本 さかもと,
遠藤 えんどう, 青木 あおき, 西村 にしむら, 福田 ふくだ, 太田 おおた, 三浦 みうら
""",
    " ",
)
GIVEN = _pairs(
    """
翔太 しょうた, 美咲 みさき, 健 けん, 彩花 あやか, 大輔 だいすけ, 結衣 ゆい, 拓也 たくや,
真由 まゆ, 直樹 なおき, 恵 めぐみ, 亮 りょう, 理恵 りえ, 浩一 こういち, 沙織 さおり,
大地 だいち, 舞 まい, 純 じゅん, 葵 あおい, 蓮 れん, 陽子 ようこ, 優斗 ゆうと, 光 ひかり,
智也 ともや, 千夏 ちなつ, 涼 りょう, 美穂 みほ, 陽太 ようた, 香織 かおり, 一樹 かずき,
奈々 なな
""",
    " ",
)
# given/family
ENGLISH = _pairs(
    """
Liam/O'Connor, Nadia/Rahmani, Marcus/Bell, Ingrid/Solberg, Rafael/Ortiz, Fatima/El-Sayed,
Tom/Ashworth, Oliver/Brandt, Priya/Raman, Lucas/Moreau, Kofi/Mensah, Henrik/Dahl,
Grace/Adeyemi, Sophie/Martin, Hugo/Lindqvist, Anjali/Rao, Tomás/Herrera, Amara/Nwosu,
Ewan/McGregor-Reid, Olena/Koval, Sara/Lindgren, Ana Beatriz/Lima, Chen/Yifan, Wei/Zhang,
Ayşe/Çetin, Daniel/Kim, Elena/Popescu, Noah/Fischer, Zoë/van Dijk, Mateus/Carvalho
""",
    "/",
)
# the same families in Latin letters, for their addresses
LATIN = _listed(
    """
sato, suzuki, takahashi, tanaka, ito, watanabe, yamamoto, nakamura, kobayashi, kato, yoshida,
yamada, matsumoto, inoue, kimura, hayashi, shimizu, yamazaki, mori, ikeda, hashimoto, ishikawa,
maeda, okada, hasegawa, fujita, goto, kondo, murakami, sakamoto, endo, aoki, nishimura, fukuda, ota,
miura
"""
)
EMPLOYERS = _listed(
    """
Aozora Pay, Hoshino Bank, Nagisa Tech, Kitahama Systems, Suzume, Midori Retail,
Tokiwa Insurance, Fernhill, Delta Ledger, Corvid Labs, Lumen Cart, Nordlys, Porto Norte,
Vesna, あすなろ商事, かもめ物流
"""
)
PLACES = _listed("Tokyo, Yokohama, Osaka, Kyoto, Nagoya, Fukuoka, Sapporo, Sendai")
