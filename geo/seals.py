"""The seals of the map: one shape, colour and character for each kind of place."""

from dataclasses import dataclass
from html import escape

from vocabulary.enums import PlaceKind, Trade


@dataclass(frozen=True)
class Seal:
    """`outline` is an SVG path in a box of 28 by 28; the two bare inks draw a paused seal on light and dark
    paper; `size` and `middle` place the character; a quiet one shows its name last."""

    outline: str
    fill: str
    bare: str
    bare_dark: str
    character: str
    size: int = 15
    middle: float = 14
    quiet: bool = False


SEALS: dict[PlaceKind, Seal] = {
    PlaceKind.SERVICE_CENTRE: Seal(
        "M14 -.5 28.3 10 22.8 26.8H5.2L-.3 10z", "#A8381F", "#A8381F", "#E58469", "党", middle=15
    ),
    PlaceKind.CANTEEN: Seal("M14 .5a13.5 13.5 0 1 1 0 27a13.5 13.5 0 1 1 0-27z", "#337751", "#337751", "#78C6A2", "食"),
    PlaceKind.HOSPITAL: Seal("M6 0h16v6h6v16h-6v6H6v-6H0V6h6z", "#2E4263", "#2E4263", "#A3C9E8", "医"),
    PlaceKind.PEACE_POST: Seal(
        "M14 0 26.5 3.8V14c0 7-5 12-12.5 14.5C6.5 26 1.5 21 1.5 14V3.8z", "#3E6C94", "#3E6C94", "#86B4DA", "安"
    ),
    PlaceKind.CRAFT_WORKSHOP: Seal("M3 3h22v22H3z", "#8A5F0F", "#8A5F0F", "#E6C55A", "坊", quiet=True),
    PlaceKind.COURTYARD: Seal("M14-2 30 14 14 30-2 14z", "#4E6B3A", "#4E6B3A", "#A9C78F", "院"),
    PlaceKind.VOLUNTEER_POST: Seal("M14 0 26.5 7v14L14 28 1.5 21V7z", "#6B4F90", "#6B4F90", "#B8A9E0", "志"),
}
CHARACTERS: dict[Trade, str] = {
    Trade.KEY: "钥",
    Trade.SHOE: "鞋",
    Trade.HAIRCUT: "理",
    Trade.TAILORING: "补",
    Trade.REPAIR: "修",
}


def character(kind: PlaceKind, trade: Trade | None = None) -> str:
    """What is written in the seal: a workshop shows its trade."""
    return CHARACTERS[trade] if trade else SEALS[kind].character


def picture(kind: PlaceKind, written: str, paused: bool = False, dark: bool = False) -> str:
    """The seal as an SVG document of its own, for a legend."""
    seal = SEALS[kind]
    bare = seal.bare_dark if dark else seal.bare
    body = f'fill="none" stroke="{bare}" stroke-dasharray="3 2"' if paused else f'fill="{seal.fill}" stroke="#fff"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 36 36" stroke-width="1.6" stroke-linejoin="round">'
        f'<path d="{seal.outline}" {body}/><text x="14" y="{seal.middle + seal.size * 0.36:.1f}" text-anchor="middle" '
        f'font-size="{seal.size}" font-weight="700" font-family="{FONT}" fill="{bare if paused else "#fff"}">'
        f"{escape(written)}</text></svg>"
    )


FONT = "PingFang SC,HarmonyOS Sans SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif"
