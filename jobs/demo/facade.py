"""Drawn stand-ins for photos of a building before and after its renewal: no photo of a real place is shown."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 360, 240
Picture = npt.NDArray[np.uint8]
SKY, GROUND = (226, 224, 214), (176, 166, 146)
OLD, NEW = ((150, 132, 118), (88, 84, 80)), ((176, 92, 70), (236, 228, 206))


def png(seed: int, *, after: bool) -> bytes:
    """A facade with its windows; before the work it is stained and some windows are boarded up."""
    dice = np.random.default_rng([seed, 77])
    return _encoded(_drawn(dice, after=after))


def _drawn(dice: np.random.Generator, *, after: bool) -> Picture:
    picture = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    picture[:] = SKY
    picture[200:] = GROUND
    wall, window = NEW if after else OLD
    floors, columns = int(dice.integers(3, 6)), int(dice.integers(5, 8))
    top = 200 - floors * 32
    picture[top:200, 36:324] = wall
    step = 288 // columns
    boarded = dice.random((floors, columns)) < 0.2
    for floor in range(floors):
        for column in range(columns):
            y, x = top + floor * 32 + 8, 36 + column * step + step // 4
            shown = wall if boarded[floor, column] and not after else window
            picture[y : y + 16, x : x + step // 2] = shown
    if not after:
        stains = dice.random((HEIGHT, WIDTH)) < 0.06
        stains[:top] = False
        picture[stains] = picture[stains] * 0.8
    picture[194:200, 36:324] = (120, 88, 70)
    return picture


def _encoded(picture: Picture) -> bytes:
    height, width, _ = picture.shape
    lines = b"".join(b"\x00" + row.tobytes() for row in picture)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (("IHDR", head), ("IDAT", zlib.compress(lines, 9)), ("IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name.encode(), data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
