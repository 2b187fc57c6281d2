"""The classifier: shares as by slow counting, nothing of a few cases, honest shares, a silence that adds up."""

import math
import random
from itertools import pairwise

import pytest

from suggesting import Line, Model, hundredths_up, learn, macro_f1, rightness, silent, train
from suggesting.bayes import LEAST_CASES, LEAST_PAIRS, SMOOTHING, Suggestion, counted, unlearnt
from suggesting.pairs import pairs, spelled

MATTERS = ("电梯停运老人下不来楼", "楼道路灯不亮走路看不见", "夜里施工噪声吵得睡不着")
FILLERS = ("请社区帮忙看看", "已经很多天了", "麻烦尽快处理", "邻居们都在说", "希望有人来管")


def letters(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text.lower()) if a.isalpha() and b.isalpha()}


def office(cases: int = 240, confused: float = 0.2) -> tuple[list[str], list[int]]:
    """Made-up cases of three labels; a share of them tells of another label's matter."""
    chance = random.Random(7)
    texts, labels = [], []
    for n in range(cases):
        label = n % 3
        matter = MATTERS[chance.randrange(3) if chance.random() < confused else label]
        cut = chance.randrange(0, 4)
        texts.append(f"{chance.choice(FILLERS)}，{matter[cut:]}。{chance.choice(FILLERS)}")
        labels.append(label)
    return texts, labels


def by_hand(texts: list[str], labels: list[int], asked: str, sharpness: float) -> list[float]:
    """The shares of three labels, counted one word after the other."""
    holds = [letters(text) for text in texts]
    known = {pair for one in holds for pair in one if sum(pair in other for other in holds) >= LEAST_CASES}
    scores = []
    for label in range(3):
        others = {
            p: SMOOTHING + sum(p in one for one, own in zip(holds, labels, strict=True) if own != label) for p in known
        }
        total = sum(others.values())
        found = letters(asked) & known
        scores.append(sharpness * sum(-math.log(others[p] / total) for p in found) / math.sqrt(len(found)))
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


@pytest.mark.parametrize("asked", ["3栋电梯又停运了，老人下不来", "施工噪声大，路灯也不亮", "ABC 电梯 lift 停运老人"])
def test_the_shares_are_those_of_slow_counting(asked: str) -> None:
    texts, labels = office(60)
    model = learn([pairs(text) for text in texts], labels, 3)
    expected = by_hand(texts, labels, asked, 1.0)
    found = model.suggest(asked)
    assert found
    assert found.label == expected.index(max(expected))
    assert found.share == pytest.approx(max(expected))


def test_digits_signs_and_blanks_are_no_letters() -> None:
    assert {spelled(key) for key in pairs("3栋 电梯，１３９00001111 停运_了 Lift").tolist()} == {
        "电梯",
        "停运",
        "li",
        "if",
        "ft",
    }
    assert pairs("").size == pairs("1").size == pairs("栋").size == 0


def test_words_of_fewer_than_five_cases_stand_nowhere_in_the_model() -> None:
    texts, labels = office(60)
    rare = [f"{text}。王小明家" for text in texts[: LEAST_CASES - 1]]
    model = learn([pairs(text) for text in rare + texts[LEAST_CASES - 1 :]], labels, 3)
    kept = {spelled(key) for key in Model.opened(model.kept()).known.tolist()}
    assert "老人" in kept
    assert not kept & {"王小", "小明", "明家"}
    assert int(model.counts.sum(axis=0).min()) >= LEAST_CASES


def test_a_kept_model_suggests_the_same_again() -> None:
    texts, labels = office()
    trained = train(texts, labels, 3)
    again = Model.opened(trained.model.kept())
    assert [again.suggest(text) for text in texts[:20]] == [trained.model.suggest(text) for text in texts[:20]]


@pytest.mark.parametrize("asked", ["", "123", "电梯", "xyzzy quux", "\ud800" * 3, "🙂🙂🙂🙂"])
def test_a_text_with_too_little_known_is_not_judged(asked: str) -> None:
    texts, labels = office(60)
    assert len(letters(asked) & letters("".join(texts))) < LEAST_PAIRS
    assert learn([pairs(text) for text in texts], labels, 3).suggest(asked) is None


def test_shares_come_true_about_as_often_as_they_say() -> None:
    texts, labels = office(900, confused=0.5)
    lines = train(texts, labels, 3).lines
    suggested = [sum(line.suggested[step] for line in lines) for step in range(101)]
    said = sum(count * (step + 0.5) / 100 for step, count in enumerate(suggested)) / sum(suggested)
    true = sum(sum(line.right) for line in lines) / sum(suggested)
    assert true == pytest.approx(said, abs=0.06)
    assert 0.55 < true < 0.75


def test_to_unlearn_cases_is_never_to_have_learnt_them() -> None:
    texts, labels = office(120)
    found = [pairs(text) for text in texts]
    whole = learn(found, labels, 3)
    less = unlearnt(whole, counted(whole.known, found[40:], labels[40:], 3))
    never = learn(found[:40], labels[:40], 3)
    assert less.known.tolist() == never.known.tolist()
    assert less.counts.tolist() == never.counts.tolist()


def test_few_cases_never_make_it_certain() -> None:
    texts, labels = office(60, confused=0)
    trained = train(texts, labels, 3)
    assert sum(line.recognised for line in trained.lines) == len(texts)
    found = trained.model.suggest(MATTERS[0])
    assert found
    assert 0.9 < found.share < 0.999


def test_training_twice_gives_the_same() -> None:
    texts, labels = office()
    first, second = train(texts, labels, 3), train(texts, labels, 3)
    assert first.lines == second.lines
    assert first.model.kept() == second.model.kept()
    assert sum(line.cases for line in first.lines) == len(texts)


def test_rightness_macro_f1_and_silence_are_those_of_slow_counting() -> None:
    judged = [Suggestion(0, 0.9), Suggestion(1, 0.6), Suggestion(0, 0.59), None, Suggestion(1, 1.0)]
    lines = rightness(judged, [0, 1, 1, 0, 0], 2)
    assert [(line.cases, line.recognised) for line in lines] == [(3, 1), (2, 1)]
    assert macro_f1(lines) == pytest.approx((2 * 1 / (3 + 2) + 2 * 1 / (2 + 2)) / 2)
    assert silent(lines, 0.6) == pytest.approx(2 / 5)
    assert silent(lines, 0.61) == pytest.approx(3 / 5)
    assert silent(lines, 0) == pytest.approx(1 / 5)
    assert (silent((), 0.6), macro_f1(())) == (None, None)
    assert sum(lines[0].right[hundredths_up(0.6) :]) == 1


def test_no_case_at_all_gives_a_model_that_is_silent() -> None:
    trained = train([], [], 0)
    assert trained.lines == ()
    assert trained.model.suggest("电梯停运老人") is None
    assert isinstance(Line(0, 0, (), ()), Line)
