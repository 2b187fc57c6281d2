"""The ground: one page for one content, from our own host alone, and nothing in it that a name could break."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from geo import ground as drawing
from geo.ground import ground, page, shape
from geo.ink import DARK, LIGHT, Ink
from geo.neighbourhood import Area, Building, bundled
from geo.seals import CHARACTERS, SEALS, character, picture
from texts import LANGUAGES, Language
from vocabulary.enums import PlaceKind, Trade

ROOT = Path(__file__).parents[2]
BOTH = [(spoken, dark) for spoken in LANGUAGES for dark in (False, True)]


def html(spoken: Language = "zh", dark: bool = False, area: Area | None = None) -> str:
    body = page(ground(spoken, dark, area))
    assert body is not None
    return body.decode()


def make_area(number: str) -> Area:
    corners = ((29.5, 106.5), (29.5, 106.501), (29.501, 106.501), (29.501, 106.5), (29.5, 106.5))
    return Area((Building(number, "1", 29.5005, 106.5005, corners),))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_same_content_has_the_same_hash_when_drawn_anew() -> None:
    before = ground("zh", False)
    drawing._kept_ground.cache_clear()
    assert ground("zh", False) == before


def test_the_same_content_has_the_same_hash_in_another_process() -> None:
    script = "from geo.ground import ground; print(ground('zh', False))"
    other = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == ground("zh", False)


def test_language_paper_and_buildings_each_make_another_ground() -> None:
    hashes = {ground(spoken, dark) for spoken, dark in BOTH} | {ground("zh", False, make_area("1"))}
    assert len(hashes) == 5


def test_a_hash_nobody_was_given_has_no_page() -> None:
    assert page("0" * 20) is None


@pytest.mark.parametrize(("spoken", "dark"), BOTH)
def test_nothing_in_the_page_leads_to_another_host(spoken: Language, dark: bool) -> None:
    assert re.findall(r"""(?:https?:|["'(]//)[^\s"')]*""", html(spoken, dark)) == []


def test_every_file_the_page_asks_for_is_vendored() -> None:
    asked = re.findall(r'(?:src|href)="/assets/([^"]+)"', html())
    assert len(asked) == 10
    assert [name for name in asked if not (ROOT / "static" / name).is_file()] == []


def test_buildings_are_named_in_the_language_of_the_ground() -> None:
    chinese, english = unescaped(html("zh")), unescaped(html("en"))
    assert ">24栋<" in chinese
    assert "Bldg" not in chinese
    assert ">Bldg 24<" in english
    assert '<html lang="en">' in english
    assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r'"character": "."', "", english)) == []


def unescaped(text: str) -> str:
    """The page with its JSON strings made readable."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda hit: chr(int(hit[1], 16)), text)


def test_the_reader_may_zoom_the_page() -> None:
    assert "user-scalable" not in html()


def test_a_building_called_like_a_script_stays_a_name() -> None:
    called = html(area=make_area("</script><img src=x>"))
    assert "<img" not in called
    assert "&lt;/script&gt;&lt;img src=x&gt;栋" in unescaped(called)
    assert called.count("</script>") == html(area=make_area("1")).count("</script>")


def test_another_neighbourhood_is_drawn_without_our_lanes() -> None:
    assert "民主大道" in unescaped(html())
    assert "民主大道" not in unescaped(html(area=make_area("7")))
    assert ">7栋<" in unescaped(html(area=make_area("7")))


def test_an_area_without_any_building_still_has_a_ground() -> None:
    assert "ground.open(" in html(area=Area())
    assert shape(Area()) == pytest.approx(1.15, abs=0.01)


def test_the_database_can_put_its_buildings_on_our_scenery() -> None:
    fewer = unescaped(html(area=replace(bundled(), buildings=bundled().buildings[:3])))
    assert ">3栋<" in fewer
    assert ">4栋<" not in fewer


def test_the_frame_is_as_high_as_the_ground_asks_for() -> None:
    assert shape() == pytest.approx(430 / 610, abs=0.02)


@pytest.mark.parametrize("paper", [LIGHT, DARK], ids=["light", "dark"])
def test_every_word_on_the_map_can_be_read(paper: Ink) -> None:
    pairs = [(paper.block_label, paper.block), (paper.lane_name, paper.lane), (paper.text, paper.ground)]
    pairs += [(paper.mark, paper.ground), (paper.text, paper.land), (paper.soft, paper.land)]
    pairs += [(shade.label, shade.fill) for shade in paper.shades]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


def test_every_seal_can_be_read_solid_and_hollow() -> None:
    for seal in SEALS.values():
        assert contrast("#FFFFFF", seal.fill) >= 4.5
        assert contrast(seal.bare, LIGHT.land) >= 4.5
        assert contrast(seal.bare_dark, DARK.land) >= 4.5


def test_each_kind_has_a_shape_a_colour_and_a_character_of_its_own() -> None:
    assert set(SEALS) == set(PlaceKind)
    for field in ("outline", "fill", "character"):
        assert len({getattr(seal, field) for seal in SEALS.values()}) == len(SEALS), field
    assert set(CHARACTERS) == set(Trade)


def test_a_workshop_shows_its_trade() -> None:
    assert [character(PlaceKind.CRAFT_WORKSHOP, trade) for trade in Trade] == ["钥", "鞋", "理", "补", "修"]
    assert character(PlaceKind.CANTEEN) == "食"


def test_the_character_of_a_picture_is_escaped() -> None:
    assert "&lt;" in picture(PlaceKind.CANTEEN, "<")
    assert "stroke-dasharray" in picture(PlaceKind.CANTEEN, "食", paused=True)
