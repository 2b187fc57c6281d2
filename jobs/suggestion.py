"""Learning to suggest a category from the office's own closed cases; it may run at any time.

`python -m jobs.suggestion` learns once and says how well; a server does so each day (jobs/daily.py).
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

import clock
import suggesting
from access import OPERATOR
from data_access import suggestion
from data_access.engine import Connection, Engine, reading, writing
from data_access.frames import same_for_role, stands_on
from data_access.suggestion import Label, Standing
from jobs import installation, terminal
from suggesting import Line, Model
from texts import t
from vocabulary.enums import Subject
from vocabulary.questions import Viewer
from vocabulary.refusals import NotPossible

LEAST = 20
"""A category needs so many closed cases to be suggested."""
MOSTLY = 0.8
"""The second level is learnt where it has enough cases for this share of the first level's."""
EVERY = timedelta(days=1)
Path = tuple[str, ...]


@dataclass(frozen=True)
class Learnt:
    """The kept model with what it knows of itself."""

    model: Model
    standing: Standing


@same_for_role
@stands_on(Subject.SUGGESTION)
def learnt(conn: Connection, viewer: Viewer) -> Learnt | None:
    """The kept model, ready to suggest; None before the first."""
    content, standing = suggestion.content(conn, viewer), suggestion.standing(conn, viewer)
    return Learnt(Model.opened(content), standing) if content and standing else None


def train(engine: Engine, viewer: Viewer) -> Standing | None:
    """Learns from the closed cases and keeps the model in place of the one before; nobody waits for it meanwhile.

    None, and the model before stays, where they are too few.
    """
    with reading(engine) as conn:
        cases = suggestion.closed(conn, viewer)
    found = learn(cases)
    if found is None:
        return None
    with writing(engine) as conn:
        suggestion.keep(conn, viewer, *found)
        return suggestion.standing(conn, viewer)


def learn(cases: pl.DataFrame) -> tuple[bytes, int, list[Label]] | None:
    """The model of these cases as it is kept, from how many it learnt, its labels; None where they are too few.

    A text that was filed several times counts once.
    """
    once = cases.unique(["title", "body", "category_id"], maintain_order=True)
    paths = list(zip(once["level1"].to_list(), once["level2"].to_list(), strict=True))
    label_of = labels_of(paths)
    learnable = once.filter(pl.Series([path in label_of for path in paths], dtype=pl.Boolean))
    own = [label_of[path] for path in paths if path in label_of]
    names = sorted(set(own))
    if len(names) < 2:
        return None
    texts = [f"{title}\n{body or ''}" for title, body in learnable.select("title", "body").iter_rows()]
    found = suggesting.train(texts, [names.index(path) for path in own], len(names))
    means = meant(own, learnable)
    labels = [Label(name, means[name], **vars(line)) for name, line in zip(names, found.lines, strict=True)]
    return found.model.kept(), len(texts), labels


def meant(own: Sequence[Path], cases: pl.DataFrame) -> dict[Path, int]:
    """The category that stands for each label: that of just this path, else the one most used under it."""
    rows = Counter(zip(own, cases.select("category_id", "level2", "level3").iter_rows(), strict=True))
    best: dict[Path, tuple[bool, int, int]] = {}
    for (path, (category, level2, level3)), count in rows.items():
        just = tuple(filter(None, (path[0], level2, level3))) == path
        best[path] = max(best.get(path, (False, 0, 0)), (just, count, -category))
    return {path: -category for path, (_, _, category) in best.items()}


def labels_of(paths: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Path]:
    """What each path of two levels is learnt as: both levels where the cases support it, else the first, else nothing.

    Where the second levels of LEAST cases hold most of their first level's cases, they are learnt and the rare ones
    left out; otherwise all of the first level are learnt as one, when it has LEAST cases.
    """
    both = Counter(paths)
    first = Counter(level1 for level1, _ in paths)
    full = Counter[str]()
    for (level1, level2), count in both.items():
        if level2 and count >= LEAST:
            full[level1] += count
    found: dict[tuple[str, str], Path] = {}
    for (level1, level2), count in both.items():
        if full[level1] >= MOSTLY * first[level1]:
            if level2 and count >= LEAST:
                found[level1, level2] = (level1, level2)
        elif first[level1] >= LEAST:
            found[level1, level2] = (level1,)
    return found


def due(conn: Connection, viewer: Viewer) -> bool:
    """Was the model last learnt a day ago or more, or never?"""
    standing = suggestion.standing(conn, viewer)
    return standing is None or standing.trained_at <= clock.now() - EVERY


def look() -> Standing | None:
    """Learns in the database in use when that is due."""
    engine = installation.engine()
    with reading(engine) as conn:
        if not due(conn, OPERATOR):
            return None
    return train(engine, OPERATOR)


def lines(labels: Sequence[Label]) -> list[Line]:
    """The accuracy of labels as the classifier counts it."""
    return [Line(one.cases, one.recognised, one.suggested, one.right) for one in labels]


def main() -> int:
    """The command."""
    engine = installation.opened()
    standing = train(engine, OPERATOR)
    with reading(engine) as conn:
        threshold = suggestion.threshold(conn, OPERATOR, clock.today())
    if standing is None:
        raise NotPossible("suggestion.too_few", least=LEAST)
    judged = lines(standing.labels)
    f1, silent = suggesting.macro_f1(judged) or 0.0, suggesting.silent(judged, threshold) or 0.0
    print(
        t(
            "suggestion.done",
            cases=standing.cases,
            labels=len(standing.labels),
            f1=f"{f1:.3f}",
            silent=f"{silent:.1%}",
            threshold=f"{threshold:.0%}",
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
