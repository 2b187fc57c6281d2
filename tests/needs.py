"""What the tests need from the system: where it is, what to install, and the sentence when it is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bootstrap import apt_install

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
POSTGRES_VERSIONS = Path("/usr/lib/postgresql")


def chromium() -> str | None:
    """The path of a Chromium (or one of its kin) that Playwright can start."""
    on_path = (shutil.which(name) for name in BROWSERS)
    in_place = (place for place in BROWSER_PLACES if Path(place).exists())
    return next((path for path in (*on_path, *in_place) if path), None)


def chinese_font() -> bool:
    """Whether Chromium can draw Chinese; Windows and macOS bring a font."""
    if sys.platform in {"win32", "darwin"}:
        return True
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def postgres_bin() -> Path | None:
    """The folder with initdb and pg_ctl: the one on PATH, else Debian's highest version."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(POSTGRES_VERSIONS.glob("*/bin"), key=version, reverse=True)
    return next((folder for folder in folders if holds_a_server(folder)), None)


def version(folder: Path) -> tuple[int, ...]:
    """15 for …/15/bin and 9, 6 for …/9.6/bin, so that 15 is the higher one."""
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdecimal())


def holds_a_server(folder: Path) -> bool:
    return all(shutil.which(tool, path=str(folder)) for tool in ("initdb", "pg_ctl", "postgres"))


@dataclass(frozen=True)
class Need:
    """`package` is Debian's name."""

    found: Callable[[], object]
    package: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"缺少{self.zh}：请安装软件包 {self.package}。 / {self.en} is missing: install {self.package}."


NEEDS = {
    "chromium": Need(chromium, "chromium", "浏览器 Chromium", "Chromium"),
    "chinese_font": Need(chinese_font, "fonts-noto-cjk", "中文字体", "A Chinese font"),
    "postgres": Need(postgres_bin, "postgresql", "数据库 PostgreSQL", "PostgreSQL"),
}


def missing(name: str) -> str:
    """The sentence to skip or fail with, for a name of NEEDS."""
    return str(NEEDS[name])


def required() -> bool:
    """Whether a missing need fails a test instead of skipping it."""
    return os.environ.get("CI") == "true"


def main() -> int:
    """Installs what is missing where it can, names the rest; 1 when something is missing that must not be."""
    apt_install(*(need.package for need in NEEDS.values() if not need.found()))
    absent = [need for need in NEEDS.values() if not need.found()]
    for need in absent:
        print(need, file=sys.stderr)
    return int(bool(absent) and required())


if __name__ == "__main__":
    sys.exit(main())
