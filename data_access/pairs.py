"""Every two neighbouring characters of a text, as one number each: many texts at a time, so by numpy."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from data_access.search import BITS

Keys: TypeAlias = NDArray[np.int64]
SPACE, BREAK = ord(" "), ord("\n")
_LOW = (1 << BITS) - 1


def keys(text: str) -> Keys:
    """The pairs of a lower-case text, sorted, each once; those with white space are left out."""
    codes = np.frombuffer("\n".join(text.split()).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    inside = codes != BREAK
    both: Keys = (codes[:-1] << BITS | codes[1:])[inside[:-1] & inside[1:]]
    both.sort()
    first = np.ones(both.size, np.bool_)
    np.not_equal(both[1:], both[:-1], out=first[1:])
    once: Keys = both[first]
    return once


def listed(pairs: Keys) -> str:
    """The pairs as PostgreSQL reads an array."""
    return f"{{{','.join(map(str, pairs.tolist()))}}}"


def spelled(pairs: Keys) -> str:
    """The pairs as words with a space between them."""
    words = np.empty((pairs.size, 3), np.uint32)
    words[:, 0] = pairs >> BITS
    words[:, 1] = pairs & _LOW
    words[:, 2] = SPACE
    return words.tobytes().decode("utf-32-le", "surrogatepass").rstrip()
