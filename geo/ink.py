"""The colours of the map on light and on dark paper."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["green", "brick", "estate", "ochre", "plum", "stone"]


@dataclass(frozen=True)
class Shade:
    """A block's fill and the ink of a label on it."""

    fill: str
    label: str


@dataclass(frozen=True)
class Ink:
    """One paper; `shades` run from least to most, `tones` colour the dots."""

    scheme: Literal["light", "dark"]
    land: str
    ground: str
    ground_edge: str
    block: str
    block_edge: str
    block_label: str
    lane: str
    lane_edge: str
    lane_name: str
    tree: str
    tree_edge: str
    plaza: str
    text: str
    soft: str
    hairline: str
    mark: str
    focus: str
    alarm: str
    shade_edge: str
    shades: tuple[Shade, ...]
    tones: dict[Tone, str]


LIGHT = Ink(
    scheme="light",
    land="#FBF9F4",
    ground="#F3EEE2",
    ground_edge="#C9BEA8",
    block="#E0C9B8",
    block_edge="#B08A72",
    block_label="#4A4038",
    lane="#FFFFFF",
    lane_edge="#DDD4C3",
    lane_name="#5E5A52",
    tree="#9DBF9F",
    tree_edge="#6E9A76",
    plaza="#E9DFC8",
    text="#1F2629",
    soft="#535B5E",
    hairline="#D9D2C4",
    mark="#2E4263",
    focus="#2A567C",
    alarm="#A8381F",
    shade_edge="#2D694C",
    shades=(
        Shade("#EEF3EC", "#1F2629"),
        Shade("#BCD6C4", "#1F2629"),
        Shade("#7BAE90", "#1F2629"),
        Shade("#41805F", "#FFFFFF"),
        Shade("#1D5239", "#FFFFFF"),
    ),
    tones={
        "green": "#337751",
        "brick": "#B5431A",
        "estate": "#2E4263",
        "ochre": "#B38A26",
        "plum": "#7D62A0",
        "stone": "#667375",
    },
)
DARK = Ink(
    scheme="dark",
    land="#161A1B",
    ground="#1F2526",
    ground_edge="#4A5253",
    block="#4B3B33",
    block_edge="#7A5E4F",
    block_label="#E3D6CB",
    lane="#343B3C",
    lane_edge="#434B4C",
    lane_name="#B4B7B3",
    tree="#2F5040",
    tree_edge="#4A7A60",
    plaza="#2B2F2A",
    text="#E8E5DE",
    soft="#B4B7B3",
    hairline="#3B4345",
    mark="#A3C9E8",
    focus="#9CC3E0",
    alarm="#E58469",
    shade_edge="#78B294",
    shades=(
        Shade("#1B2A23", "#E8E5DE"),
        Shade("#284A39", "#E8E5DE"),
        Shade("#3A7055", "#FFFFFF"),
        Shade("#5C9B7B", "#101413"),
        Shade("#C3E5D2", "#101413"),
    ),
    tones={
        "green": "#78C6A2",
        "brick": "#D2744A",
        "estate": "#5778C0",
        "ochre": "#EBCB57",
        "plum": "#B8A9E0",
        "stone": "#878280",
    },
)


def ink(dark: bool) -> Ink:
    return DARK if dark else LIGHT
