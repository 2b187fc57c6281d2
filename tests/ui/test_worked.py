"""What pages work out is kept for the very same frames, and for those only."""

import gc
from datetime import date

import polars as pl

import texts
from ui import worked as kept
from ui.worked import arrow, worked

asked: list[object] = []


@worked
def summed(frame: pl.DataFrame, column: str, *, more: int = 0) -> tuple[int]:
    asked.append(column)
    return (int(frame[column].sum()) + more,)


@worked
def greeted(name: str) -> str:
    asked.append(name)
    return f"{texts.language()} {name}"


def test_the_same_frame_is_worked_out_once() -> None:
    asked.clear()
    frame = pl.DataFrame({"a": [1, 2]})
    assert summed(frame, "a") is summed(frame, "a")
    assert asked == ["a"]


def test_other_frames_columns_and_names_are_worked_out_on_their_own() -> None:
    frame = pl.DataFrame({"a": [1, 2], "b": [5, 5]})
    assert [summed(frame, "a"), summed(frame, "b"), summed(frame, "a", more=1)] == [(3,), (10,), (4,)]
    assert summed(pl.DataFrame({"a": [7]}), "a") == (7,)


def test_a_frame_that_takes_the_place_of_one_that_went_gets_its_own_answer() -> None:
    for number in range(200):  # the memory of each is free for the next, and so is its id
        assert summed(pl.DataFrame({"a": [number]}), "a") == (number,)


def test_an_answer_goes_with_its_frame() -> None:
    frame = pl.DataFrame({"a": [1]})
    gc.collect()  # the frames of other tests go first
    before = len(kept._answers)
    arrow(summed_frame := frame.head(1))
    assert len(kept._answers) == before + 1
    del summed_frame
    gc.collect()
    assert len(kept._answers) == before


def test_each_language_has_its_own_words() -> None:
    with texts.speaking("zh"):
        assert greeted("a") == "zh a"
    with texts.speaking("en"):
        assert greeted("a") == "en a"


def test_another_day_is_another_answer() -> None:
    @worked
    def late(frame: pl.DataFrame, day: date) -> int:
        return frame.filter(pl.col("due") < day).height

    frame = pl.DataFrame({"due": [date(2026, 11, 9)]})
    assert [late(frame, date(2026, 11, day)) for day in (8, 10, 8)] == [0, 1, 0]


def test_the_memory_is_bounded() -> None:
    frame = pl.DataFrame({"a": [1]})
    for more in range(kept.KEPT + 50):
        summed(frame, "a", more=more)
    assert len(kept._answers) == kept.KEPT
    assert summed(frame, "a", more=0) == (1,)
