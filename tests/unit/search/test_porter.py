from __future__ import annotations

import pytest

from generator.search.porter import stem_english

STEMS = """
caresses caress, ponies poni, ties ti, caress caress, cats cat, gas ga
feed feed, agreed agre, plastered plaster, bled bled, motoring motor, sing sing, eed e
conflated conflat, troubled troubl, sized size, hopping hop, tanned tan, falling fall, hissing hiss, fizzed fizz
failing fail, filing file, happy happi, sky ski, say say, by by, monday monday, cry cri
relational relat, conditional condit, valenci valenc, hesitanci hesit, digitizer digit, conformabli conform
radicalli radic, vietnamization vietnam, predication predic, operator oper, feudalism feudal, hopefulness hope
decisiveness decis, triplicate triplic, formative form, formalize formal, electriciti electr, electrical electr
hopeful hope, goodness good, revival reviv, allowance allow, inference infer, airliner airlin, gyroscopic gyroscop
adjustable adjust, defensible defens, irritant irrit, replacement replac, adjustment adjust, dependent depend
adoption adopt, homologou homolog, communism commun, activate activ, probate probat, rate rate, cease ceas
controll control, roll roll, generalizations gener, yes ye, yelling yell, yield yield, syzygy syzygi
it it, a a, naïve naïv, café café, 2024th 2024th, foo_bars foo_bar
"""


@pytest.mark.parametrize(("word", "stem"), [pair.split() for pair in STEMS.strip().replace("\n", ",").split(",")])
def test_stem(word: str, stem: str) -> None:
    assert stem_english(word) == stem
