"""A zipped office file: its parts, checked before use and read as a stream of XML."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers import expat

from sheets.cells import Source

MAX_UNPACKED = 1 << 30
CHUNK = 1 << 18
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    expat.ExpatError,
    ValueError,
    LookupError,
    OverflowError,
)
"""What reading a damaged file raises: ours raise ValueError where the content makes no sense."""

Attributes = dict[str, str]


class _Local(dict[str, str]):
    """Names without their namespace prefix, remembered."""

    def __missing__(self, name: str) -> str:
        if len(self) > 1000:  # an office format has a few dozen; a hostile file may invent more
            self.clear()
        local = self[name] = name.rpartition(":")[2]
        return local


LOCAL = _Local()


class Package:
    """The parts of a zip file by lower-case name. Refuses what is damaged, locked or too large when unpacked."""

    def __init__(self, source: Source) -> None:
        self.source = source
        try:
            self._archive = zipfile.ZipFile(BytesIO(source.data))
        except DAMAGE as broken:
            raise source.refused("damaged") from broken
        infos = self._archive.infolist()
        self.parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if any(info.flag_bits & 1 for info in infos):
            raise source.refused("encrypted")
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise source.refused("too_large", limit=MAX_UNPACKED >> 20)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.parts

    def size(self, part: str) -> int:
        return self.parts[part.lower()].file_size

    def chunks(self, part: str) -> Iterator[bytes]:
        if part not in self:
            raise self.source.refused("damaged")
        try:
            with self._archive.open(self.parts[part.lower()]) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except DAMAGE as broken:
            raise self.source.refused("damaged") from broken

    def head(self, part: str) -> bytes:
        """The first bytes of a part, nothing when there is none."""
        return next(self.chunks(part), b"") if part in self else b""

    def walk(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], object] | None = None,
    ) -> Iterator[None]:
        """Calls back for each element and text, and yields after each chunk, so that no part stands in memory whole."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        for chunk in self.chunks(part):
            self._parse(parser, chunk, False)
            yield
        self._parse(parser, b"", True)
        yield

    def elements(self, part: str) -> Iterator[tuple[str, Attributes]]:
        """Every element of a part in order, with local names."""
        found: list[tuple[str, Attributes]] = []

        def start(name: str, attributes: Attributes) -> None:
            found.append((LOCAL[name], {LOCAL[key]: value for key, value in attributes.items()}))

        for _ in self.walk(part, start):
            yield from found
            found.clear()

    def _parse(self, parser: expat.XMLParserType, chunk: bytes, last: bool) -> None:
        try:
            parser.Parse(chunk, last)
        except DAMAGE as broken:
            raise self.source.refused("damaged") from broken


def _no_doctype(*_: object) -> None:
    raise ValueError("an office file declares no entities")
