"""Text that a spreadsheet program would take for a formula: made harmless on export, given back on import."""

import re

_LOOKS_LIKE_FORMULA = re.compile(r"[\s']*[=+\-@\t\r＝＋－＠]")


def neutralised(text: str) -> str:
    """With an apostrophe before it where it looks like a formula, or like a formula so marked already."""
    return f"'{text}" if _LOOKS_LIKE_FORMULA.match(text) else text


def restored(text: str) -> str:
    """What `neutralised` was given: exactly its inverse, for every text."""
    return text[1:] if text.startswith("'") and _LOOKS_LIKE_FORMULA.match(text, 1) else text
