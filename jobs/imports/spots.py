"""Where a spot lies: the building that a text names, when it is certainly one of ours."""

import re
import unicodedata

from data_access.imports import Known

_BUILDING = re.compile(r"(\d+)(?:栋|幢|号楼|#楼|座)")
_ALONE = re.compile(r"第?(\d+)(?:栋|幢|号楼|号|#楼?|座)?")
_WIDER = re.compile(r"重庆市?|九龙坡区?|谢家湾(?:街道)?|社区|小区|家属院|宿舍|[-—,，、.。·/\s]")


def folded(word: str) -> str:
    """A word as words are compared: narrow, small, without spaces."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def building(number: str, known: Known) -> int | None:
    """The building of this number, written 3, 3栋 or 3号楼."""
    if number in known.buildings:
        return known.buildings[number][0]
    found = _ALONE.fullmatch(folded(number))
    return _numbered(found[1], known) if found else None


def spotted(spot: str, known: Known) -> int | None:
    """The one building that a spot names; None for none, for several, and when another estate may be meant.

    Before the number only our own names may stand: 民主村小区3栋2单元, but not 某某花园3栋.
    """
    plain = folded(spot)
    numbers = list(_BUILDING.finditer(plain))
    if len(numbers) != 1:
        return None
    before = plain[: numbers[0].start()].replace(folded(known.community).removesuffix("社区"), "")
    return None if _WIDER.sub("", before) else _numbered(numbers[0][1], known)


def _numbered(number: str, known: Known) -> int | None:
    wanted = number.lstrip("0")
    same = {ids[0] for name, ids in known.buildings.items() if (m := _ALONE.fullmatch(folded(name))) and m[1] == wanted}
    return same.pop() if len(same) == 1 else None
