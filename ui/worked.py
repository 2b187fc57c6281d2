"""What pages work out from frames, remembered with them: a rerun over the same frames asks polars nothing."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import polars as pl

from texts import language

KEPT = 600
P = ParamSpec("P")
T = TypeVar("T")

_answers: OrderedDict[tuple[Any, ...], tuple[list[weakref.ref[pl.DataFrame]], Any]] = OrderedDict()
_lock = threading.Lock()


def worked(work: Callable[P, T]) -> Callable[P, T]:
    """Marks a pure function of frames and hashable values: its answer is remembered for the very same frames.

    `load` gives the same frame until its data changes, so that a page whose data stands still works nothing out. An
    answer goes when its frame goes, so it must not hold the frame itself. It is shared and must not be changed; what
    depends on the time is handed the time.
    """

    @wraps(work)
    def remembered(*args: P.args, **named: P.kwargs) -> T:
        given = (*args, *sorted(named.items()))
        key = (work, language(), *(id(one) if isinstance(one, pl.DataFrame) else one for one in given))
        frames = [one for one in given if isinstance(one, pl.DataFrame)]
        with _lock:
            kept = _answers.get(key)
            if kept and all(one() is frame for one, frame in zip(kept[0], frames, strict=True)):
                _answers.move_to_end(key)
                return kept[1]  # type: ignore[no-any-return]
        answer = work(*args, **named)
        with _lock:
            forget = partial(_forget, _answers, key)
            _answers[key] = ([weakref.ref(frame, forget) for frame in frames], answer)
            _answers.move_to_end(key)
            while len(_answers) > KEPT:
                _answers.popitem(last=False)
        return answer

    return remembered


def _forget(answers: OrderedDict[tuple[Any, ...], Any], key: tuple[Any, ...], _gone: object) -> None:
    answers.pop(key, None)


@worked
def arrow(frame: pl.DataFrame) -> Any:
    """The frame as Streamlit sends it, without the way over pandas."""
    return frame.to_arrow()
