"""The file within a file that old office programs write (OLE): its names and its streams."""

import struct

from sheets.cells import Source

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST_SECTOR = 0xFFFF_FFFA
_FREE, _ROOT = 0, 5


class Compound:
    """Refuses a damaged container. `names` are those of all its storages and streams."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._data = memoryview(source.data)
        try:
            self._open()
        except (struct.error, ValueError, IndexError) as broken:
            raise source.refused("damaged") from broken

    def stream(self, name: str) -> bytes:
        try:
            start, size = self._streams[name]
            if size >= self._small_until:
                return self._chain(start, size)
            return _joined(self._small, self._small_table, start, self._small_bits, size)
        except (struct.error, ValueError, IndexError) as broken:
            raise self._source.refused("damaged") from broken

    def _open(self) -> None:
        self._bits, self._small_bits = struct.unpack_from("<HH", self._data, 30)
        if self._bits not in {9, 12} or self._small_bits != 6:
            raise ValueError("no such sector size")
        directory, self._small_until = struct.unpack_from("<I4xI", self._data, 48)
        small_table, small_count, more, more_count = struct.unpack_from("<IIII", self._data, 60)
        self._table = self._sector_table(list(struct.unpack_from("<109I", self._data, 76)), more, more_count)
        self._streams: dict[str, tuple[int, int]] = {}
        self.names: set[str] = set()
        root = (_LAST_SECTOR, 0)
        entries = self._chain(directory)
        for at in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            place = struct.unpack_from("<II", entries, at + 116)
            name = entries[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                root = place
            elif kind != _FREE:
                self.names.add(name)
                self._streams.setdefault(name, place)
        self._small_table = _integers(self._chain(small_table)) if small_count else ()
        self._small = memoryview(self._chain(*root)) if root[1] else memoryview(b"")

    def _sector_table(self, sectors: list[int], more: int, more_count: int) -> tuple[int, ...]:
        """The table of which sector follows which, from the sectors it is kept in."""
        most = len(self._data) >> self._bits
        if more_count > most:
            raise ValueError("more sectors than the file holds")
        for _ in range(more_count):
            *further, more = _integers(bytes(self._sector(more)))
            sectors += further
        held = [sector for sector in sectors if sector < _LAST_SECTOR]
        if len(held) > most:
            raise ValueError("more sectors than the file holds")
        return tuple(number for sector in held for number in _integers(bytes(self._sector(sector))))

    def _sector(self, sector: int) -> memoryview:
        start = (sector + 1) << self._bits
        if start >= len(self._data):
            raise ValueError("a sector beyond the end of the file")
        return self._data[start : start + (1 << self._bits)]

    def _chain(self, start: int, size: int | None = None) -> bytes:
        return _joined(self._data[1 << self._bits :], self._table, start, self._bits, size)


def _integers(sectors: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4])


def _joined(space: memoryview, table: tuple[int, ...], sector: int, bits: int, size: int | None) -> bytes:
    """The sectors of a chain end to end; ValueError for one that runs in a ring or stops short of `size`."""
    pieces: list[memoryview] = []
    while sector < _LAST_SECTOR:
        if len(pieces) > len(table) or sector << bits >= len(space):
            raise ValueError("a chain that leads nowhere")
        pieces.append(space[sector << bits : (sector + 1) << bits])
        sector = table[sector]
    whole = b"".join(pieces)
    if size is not None and len(whole) < size:
        raise ValueError("a stream that stops short")
    return whole if size is None else whole[:size]
