"""What is counted of a text: every two neighbouring letters of it, once; digits and signs are left out."""

import re
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Keys: TypeAlias = NDArray[np.int64]
BITS = 21  # of a letter in the number of its pair
_BREAK = ord("\n")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def pairs(text: str) -> Keys:
    """The pairs as one number each, sorted."""
    letters = _NO_LETTERS.sub("\n", text.lower())
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    inside = codes != _BREAK
    found: Keys = np.unique((codes[:-1] << BITS | codes[1:])[inside[:-1] & inside[1:]])
    return found


def spelled(key: int) -> str:
    """The two letters of a pair."""
    return chr(key >> BITS) + chr(key & ((1 << BITS) - 1))
