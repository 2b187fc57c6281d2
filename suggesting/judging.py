"""How well a model does on cases it has not seen, by label, and the sharpness that makes its shares honest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from suggesting.bayes import Model, Reals, Suggestion, counted, learn, likeliest, log_shares, unlearnt
from suggesting.pairs import pairs

FOLDS = 5
SEED = 1
STEPS = 100
"""Shares are counted by hundredths."""
SHARPNESS = np.geomspace(0.05, 20, 121)


@dataclass(frozen=True)
class Line:
    """Of one label: its cases, how many of them were recognised, and what was suggested as it, by hundredths of share.

    `suggested[h]` counts the cases for which this label came first with a share of h hundredths, `right[h]` those of
    them that are its own.
    """

    cases: int
    recognised: int
    suggested: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Trained:
    """The model of all cases, with a line a label from cases that were kept back."""

    model: Model
    lines: tuple[Line, ...]


def train(texts: Sequence[str], labels: Sequence[int], count: int) -> Trained:
    """Learns from texts with their labels (0 to count - 1), and judges itself by five parts, each unseen in its turn.

    The sharpness is the one under which the labels of the unseen parts are likeliest: the same share then comes true
    as often as it says.
    """
    found = [pairs(text) for text in texts]
    truth = np.asarray(labels, np.int64)
    whole = learn(found, labels, count)
    unseen: list[Reals | None] = [None] * len(found)
    part_of = dealt(truth)
    for part in range(FOLDS):
        back = np.flatnonzero(part_of == part).tolist()
        kept_back = counted(whole.known, [found[n] for n in back], [labels[n] for n in back], count)
        model = unlearnt(whole, kept_back)
        for n in back:
            unseen[n] = model.evidence(found[n])
    sharpness = calibrated([(one, label) for one, label in zip(unseen, labels, strict=True) if one is not None])
    judged = [None if one is None else likeliest(one, sharpness) for one in unseen]
    return Trained(replace(whole, sharpness=sharpness), rightness(judged, labels, count))


def dealt(truth: NDArray[np.int64]) -> NDArray[np.int64]:
    """The part of each case: every label's cases are shuffled, the same way each time, and dealt out in turn."""
    part = np.zeros(truth.size, np.int64)
    chance = np.random.default_rng(SEED)
    for label in np.unique(truth):
        part[chance.permutation(np.flatnonzero(truth == label))] = np.arange((truth == label).sum()) % FOLDS
    return part


def calibrated(unseen: Sequence[tuple[Reals, int]]) -> float:
    """The sharpness under which the true labels of unseen cases are likeliest.

    Each counts as true in (n + 1) of (n + 2) only, as Platt proposes, so that few cases never make anything certain.
    """
    if not unseen:
        return 1.0
    evidence, own = np.stack([one for one, _ in unseen]), np.asarray([label for _, label in unseen])
    wanted = np.full(evidence.shape, 1 / (own.size + 2) / max(1, evidence.shape[1] - 1))
    wanted[np.arange(own.size), own] = (own.size + 1) / (own.size + 2)
    likely = [(wanted * log_shares(evidence, one)).sum() for one in SHARPNESS.tolist()]
    return float(SHARPNESS[int(np.argmax(likely))])


def rightness(judged: Sequence[Suggestion | None], labels: Sequence[int], count: int) -> tuple[Line, ...]:
    """By label what was suggested for cases whose label is known."""
    cases, recognised = [0] * count, [0] * count
    suggested, right = ([[0] * (STEPS + 1) for _ in range(count)] for _ in range(2))
    for one, label in zip(judged, labels, strict=True):
        cases[label] += 1
        if one is None:
            continue
        step = hundredths(one.share)
        suggested[one.label][step] += 1
        if one.label == label:
            recognised[label] += 1
            right[label][step] += 1
    return tuple(Line(cases[n], recognised[n], tuple(suggested[n]), tuple(right[n])) for n in range(count))


def hundredths(share: float) -> int:
    """A share in whole hundredths, rounded down."""
    return min(STEPS, int(share * STEPS + 1e-9))


def silent(lines: Sequence[Line], threshold: float) -> float | None:
    """The share of the cases for which nothing is suggested under this threshold; None without a case."""
    cases = sum(line.cases for line in lines)
    spoken = sum(sum(line.suggested[hundredths_up(threshold) :]) for line in lines)
    return 1 - spoken / cases if cases else None


def hundredths_up(threshold: float) -> int:
    """The least whole hundredths that reach a threshold."""
    return int(np.ceil(threshold * STEPS - 1e-9))


def macro_f1(lines: Sequence[Line]) -> float | None:
    """The mean over labels of 2 × right / (cases + suggested), whatever the share; None without a label."""
    if not lines:
        return None
    each = [2 * line.recognised / max(1, line.cases + sum(line.suggested)) for line in lines]
    return sum(each) / len(each)
