"""Complement naive Bayes over pairs of letters: what it counts, the shares that gives, and how it is kept.

Of the texts only counts are kept, and only of pairs that stand in several cases: no single resident's words.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from suggesting.pairs import Keys, pairs

LEAST_CASES = 5
"""A pair counts only when it stands in so many cases."""
LEAST_PAIRS = 3
"""A text with fewer known pairs is not judged."""
SMOOTHING = 1.0
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Suggestion:
    """The likeliest label, by its place in the list the model learnt from, with its share of certainty."""

    label: int
    share: float


@dataclass(frozen=True, eq=False)
class Model:
    """For each known pair, by label, in how many cases it stands; `sharpness` is calibrated on cases kept back."""

    known: Keys
    counts: NDArray[np.int64]
    sharpness: float = 1.0

    @cached_property
    def weights(self) -> Reals:
        """By pair and label: how much rarer the pair is in all the other labels, as a logarithm."""
        others = self.counts.sum(axis=0) - self.counts + SMOOTHING
        return np.ascontiguousarray(-np.log(others / others.sum(axis=1, keepdims=True)).T)

    def evidence(self, found: Keys) -> Reals | None:
        """By label, for the pairs of a text; long texts count by the root of their length. None: too little known."""
        at = places(self.known, found)
        if at.size < LEAST_PAIRS:
            return None
        summed: Reals = self.weights[at].sum(axis=0) / np.sqrt(at.size)
        return summed

    def suggest(self, text: str) -> Suggestion | None:
        """What a text points to; None where too few of its words are known."""
        return self.judge(pairs(text))

    def judge(self, found: Keys) -> Suggestion | None:
        """What the pairs of a text point to."""
        evidence = self.evidence(found)
        return None if evidence is None else likeliest(evidence, self.sharpness)

    def kept(self) -> bytes:
        """The model as it is stored: arrays of numbers and nothing else."""
        out = io.BytesIO()
        np.savez_compressed(out, known=self.known, counts=self.counts, sharpness=np.float64(self.sharpness))
        return out.getvalue()

    @classmethod
    def opened(cls, content: bytes) -> "Model":
        """The model that was `kept`."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return cls(arrays["known"], arrays["counts"], float(arrays["sharpness"]))


def log_shares(evidence: Reals, sharpness: float) -> Reals:
    """Evidence as logarithms of shares of one, along the last axis."""
    raised = evidence * sharpness
    raised = raised - raised.max(axis=-1, keepdims=True)
    logs: Reals = raised - np.log(np.exp(raised).sum(axis=-1, keepdims=True))
    return logs


def likeliest(evidence: Reals, sharpness: float) -> Suggestion:
    """The label with the largest share."""
    by_label = np.exp(log_shares(evidence, sharpness))
    label = int(by_label.argmax())
    return Suggestion(label, float(by_label[label]))


def places(known: Keys, found: Keys) -> NDArray[np.int64]:
    """Where those of the found pairs that are known stand among the known."""
    at = np.searchsorted(known, found)
    inside = at < known.size
    at, found = at[inside], found[inside]
    there: NDArray[np.int64] = at[known[at] == found]
    return there


def learn(texts: Sequence[Keys], labels: Sequence[int], count: int) -> Model:
    """Counts the pairs of texts with their labels (0 to count - 1); pairs of few cases are cut."""
    found, cases = np.unique(_joined(texts), return_counts=True)
    known = found[cases >= LEAST_CASES]
    return Model(known, counted(known, texts, labels, count))


def counted(known: Keys, texts: Sequence[Keys], labels: Sequence[int], count: int) -> NDArray[np.int64]:
    """By label and known pair the texts that hold it."""
    every = _joined(texts)
    label = np.repeat(np.asarray(labels, np.int64), [one.size for one in texts])
    at = np.searchsorted(known, every)
    within = at < known.size
    within[within] = known[at[within]] == every[within]
    cell = label[within] * known.size + at[within]
    return np.bincount(cell, minlength=count * known.size).reshape(count, known.size)


def unlearnt(model: Model, counts: NDArray[np.int64]) -> Model:
    """The model as if it had never seen the texts of these counts."""
    left = model.counts - counts
    often = left.sum(axis=0) >= LEAST_CASES
    return replace(model, known=model.known[often], counts=left[:, often])


def _joined(texts: Sequence[Keys]) -> Keys:
    return np.concatenate([*texts, np.empty(0, np.int64)])
