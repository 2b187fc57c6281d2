"""Suggesting a category from the words of a case: what is counted, the shares, and how sure they may be."""

from suggesting.bayes import Model, Suggestion, learn
from suggesting.judging import FOLDS, Line, Trained, hundredths, hundredths_up, macro_f1, rightness, silent, train

__all__ = [
    "FOLDS",
    "Line",
    "Model",
    "Suggestion",
    "Trained",
    "hundredths",
    "hundredths_up",
    "learn",
    "macro_f1",
    "rightness",
    "silent",
    "train",
]
