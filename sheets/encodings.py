"""In which encoding a text file is written: UTF-8, UTF-16 with its mark, or GB 18030."""

import codecs
from collections.abc import Iterator

from sheets.cells import Source

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


def encoding(source: Source) -> str:
    """Refuses what is no text, and text that no encoding reads, by the line where it breaks."""
    marked = next((name for mark, name in _MARKS if source.data.startswith(mark)), None)
    if marked != "utf-16" and _is_binary(source.data):
        raise source.refused("not_a_sheet.unknown")
    broken_at = _first_break(source.data, marked or "utf-8")
    if broken_at is None:
        return marked or "utf-8"
    if not marked and not _is_damaged_utf8(source.data, broken_at):
        broken_at = _first_break(source.data, "gb18030")
        if broken_at is None:
            return "gb18030"
    raise source.refused("bad_encoding", line=_line(source.data, broken_at, marked))


def _is_binary(data: bytes) -> bool:
    head = data[:CHUNK]
    control = sum(head.count(code) for code in range(0x20) if code not in b"\t\n\v\f\r\x1a\x1b")
    return b"\0" in head or control * 200 > len(head)


def _first_break(data: bytes, name: str) -> int | None:
    """Where the bytes stop making sense in this encoding."""
    decoder = codecs.getincrementaldecoder(name)()
    view = memoryview(data)
    for start in range(0, len(data), CHUNK):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + CHUNK], start + CHUNK >= len(data))
        except UnicodeDecodeError as broken:
            return max(start - kept, 0) + broken.start
    return None


def _is_damaged_utf8(data: bytes, broken_at: int) -> bool:
    """Chinese in UTF-8 with a bad byte somewhere, rather than GB 18030, in which nearly nothing is valid UTF-8."""
    around = data[max(0, broken_at - CHUNK // 2) : broken_at + CHUNK // 2].decode("utf-8", "replace")
    bad = around.count("\ufffd")
    wide = sum(1 for character in _beyond_latin(around))
    return wide > 4 * bad


def _beyond_latin(text: str) -> Iterator[str]:
    return (character for character in text if character > "\u07ff" and character != "\ufffd")


def _line(data: bytes, at: int, marked: str | None) -> int:
    newline = "\n".encode("utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")
    return data.count(newline if marked == "utf-16" else b"\n", 0, at) + 1
