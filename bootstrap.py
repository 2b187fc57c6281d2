"""The two commands: `run` and `test`, with `install`, `check` and `begin`; each does all of its own set-up.

Standard library only, no shell. It keeps to what Python 3.6 can parse, so that an old Python says one sentence
instead of showing a traceback.
"""

import argparse
import errno
import hashlib
import importlib
import importlib.util
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

OLDEST = (3, 11)
if sys.version_info[:2] < OLDEST:
    found = "{}.{}".format(*sys.version_info[:2])
    sys.exit(f"需要 Python 3.11 或更高版本，当前是 {found}。 / Python 3.11 or newer is needed, this is {found}.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.stamp"

PRODUCT = "requirements.txt"
TOOLS = "requirements-dev.txt"  # holds PRODUCT too

PROBE = (
    "import os, sys, pip\n"
    f"assert sys.version_info[:2] >= {OLDEST} and os.path.samefile(sys.prefix, sys.argv[1])\n"
    "print('%d.%d' % sys.version_info[:2])"
)
PHASES = (("-m", "not browser", "-n", "2"), ("-m", "browser", "-n", "2"))
CHECKS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy", "."),
    "structure": ("pytest", "tests/test_structure.py"),
}
NOTHING_COLLECTED = 5  # pytest's exit code


def say(zh: str, en: str) -> None:
    print(f"{zh} / {en}", flush=True)


def stop(zh: str, en: str) -> NoReturn:
    sys.exit(f"{zh} / {en}")


def python_of_venv() -> str | None:
    """The version of the Python in .venv; None when it does not run, has no pip, is too old or is not this folder's."""
    try:
        probe = subprocess.run([PYTHON, "-I", "-c", PROBE, VENV], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return probe.stdout.strip() if probe.returncode == 0 else None


def mark(wanted: str, version: str | None) -> str:
    """What the stamp says once `wanted` is installed: the place, the Python, the requirements."""
    files = [PRODUCT] if wanted == PRODUCT else [PRODUCT, TOOLS]
    digest = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in files)).hexdigest()
    return f"{VENV}\n{version}\n{digest}\n"


def stamp() -> str | None:
    return STAMP.read_text("utf-8") if STAMP.exists() else None


def moved() -> bool:
    """Scripts in a venv name the folder it was made in."""
    stamped = stamp()
    return stamped is not None and not stamped.startswith(f"{VENV}\n")


def set_up(wanted: str) -> None:
    """Leaves a .venv that holds `wanted`. The stamp goes before anything changes and comes back at the very end."""
    version = python_of_venv()
    if version and stamp() in {mark(wanted, version), mark(TOOLS, version)}:
        return
    if version is None or moved():
        make_venv()
    STAMP.unlink(missing_ok=True)
    install_requirements(wanted)
    STAMP.write_text(mark(wanted, python_of_venv()), "utf-8")


def make_venv() -> None:
    need_ensurepip()
    say("正在准备运行环境 .venv……", "making the environment .venv…")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        print(made.stdout + made.stderr, file=sys.stderr)
        stop(
            f"无法建立运行环境 {VENV}：请关闭正在使用它的程序，删除该文件夹后重试。",
            f"The environment {VENV} cannot be made: close what uses it, delete that folder and try again.",
        )


def need_ensurepip() -> None:
    if not importlib.util.find_spec("ensurepip"):
        apt_install("python3-venv")
        importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        stop(
            "这台机器的 Python 缺少 ensurepip：请先安装软件包 python3-venv（apt-get install python3-venv）。",
            "This Python lacks ensurepip: install the package python3-venv first (apt-get install python3-venv).",
        )


def install_requirements(wanted: str) -> None:
    say("正在安装所需组件，首次约需一分钟……", "installing what is needed, about a minute the first time…")
    if call("-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", wanted):
        stop(
            f"{wanted} 没有装好，原因见上：请检查网络或 pip 的设置，然后再运行一次。",
            f"{wanted} could not be installed, see above: check the network or pip's settings and run this again.",
        )


def apt_install(*packages: str) -> None:
    """Only root on Debian or its kin can; elsewhere nothing happens and the caller says what is missing."""
    if not (packages and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"  # dpkg wants them, a root by plain `su` lacks them
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": path}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    say(f"正在安装系统软件包 {' '.join(packages)}……", "installing these system packages…")
    subprocess.run([*apt, "update"], env=environment, capture_output=True, check=False)
    for package in packages:
        command = [*apt, "install", "-y", "--no-install-recommends", package]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)


def call(*arguments: str) -> int:
    """Runs the Python of .venv in the project's folder."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, check=False).returncode


def hand_over(*arguments: str) -> int:
    """Becomes the Python of .venv where a process can do that, else waits for it."""
    if os.name == "posix":
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), *arguments])
    return call(*arguments)


def address() -> tuple[str, int]:
    """HOST and PORT, refused with one sentence when the app could not listen there."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8501"
    if not (port.isdecimal() and 1 <= int(port) <= 65535):
        stop(f"PORT={port} 不是端口号：应为 1 到 65535 的整数。", f"PORT={port} is no port: it must be 1 to 65535.")
    try:
        listen(host, int(port))
    except OSError as error:
        refuse(host, port, error)
    return host, int(port)


def listen(host: str, port: int) -> None:
    """Takes the address as Streamlit will, and lets it go."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))


def refuse(host: str, port: str, error: OSError) -> NoReturn:
    if error.errno == errno.EADDRINUSE:
        stop(
            f"端口 {port} 已被占用：请关闭占用它的程序，或用环境变量 PORT 换一个端口。",
            f"Port {port} is in use: close the program that has it or choose another with the setting PORT.",
        )
    stop(f"无法使用 HOST={host}、PORT={port}：{error}。", f"HOST={host}, PORT={port} cannot be used: {error}.")


def is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def install(_: list[str]) -> int:
    set_up(PRODUCT)
    return 0


def run(_: list[str]) -> int:
    host, port = address()
    set_up(PRODUCT)
    os.environ.update(HOST=host, PORT=str(port))
    if not is_loopback(host):
        say(f"注意：HOST={host}，同一网络中的其他电脑也能打开本系统。", "note: other machines can open it too")
    prepared = call("-m", "jobs.prepare")
    if prepared:
        return prepared
    options = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        # Streamlit's greeting asks a foreign host for this machine's outer address; jobs.prepare has said ours.
        "logger.hideWelcomeMessage": "true",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return hand_over("-m", "streamlit", "run", "app.py", *flags)


def begin(rest: list[str]) -> int:
    set_up(PRODUCT)
    return hand_over("-m", "jobs.begin", *rest)


def check(_: list[str]) -> int:
    set_up(TOOLS)
    codes = {name: call("-m", *tool) for name, tool in CHECKS.items()}
    failed = "、".join(name for name, code in codes.items() if code)
    say(*((f"未通过：{failed}", "failed") if failed else ("检查全部通过", "all checks passed")))
    return worst(codes.values())


def test(rest: list[str]) -> int:
    """With arguments one plain pytest; without, the fast tests and then those in a browser. Its last line sums both."""
    set_up(TOOLS)
    needs = call("-m", "tests.needs")
    with tempfile.TemporaryDirectory() as folder:
        phases = [(phase, Path(folder, f"{n}.xml")) for n, phase in enumerate([rest] if rest else PHASES)]
        codes = [pytest(*phase, report=report) for phase, report in phases]
        counts = sum((outcomes(report) for _, report in phases), Counter[str]())
    print(", ".join(f"{counts[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped")))
    return worst([needs, *codes])


def pytest(*arguments: str, report: Path) -> int:
    code = call("-m", "pytest", *arguments, f"--junitxml={report}")
    if code == NOTHING_COLLECTED and outcomes(report)["skipped"]:
        return 0  # whole modules were skipped, each for a named reason
    if code == NOTHING_COLLECTED:
        chosen = " ".join(arguments)
        say(f"没有找到任何测试（{chosen}），按失败处理。", "no test was found, which counts as a failure")
    return code


def outcomes(report: Path) -> Counter[str]:
    """How many tests passed, failed, skipped; empty where pytest died before it wrote its report."""
    if not report.exists():
        return Counter()
    return Counter(outcome(case) for case in ElementTree.parse(report).iter("testcase"))


def outcome(case: ElementTree.Element) -> str:
    parts = {child.tag for child in case}
    if parts & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in parts else "passed"


def worst(codes: Iterable[int]) -> int:
    """A process ended by a signal has a negative code."""
    return max(abs(code) for code in codes)


COMMANDS = {"install": install, "run": run, "test": test, "check": check, "begin": begin}


def chosen(argv: list[str]) -> tuple[str, list[str]]:
    """The command and what follows it, which only `test` and `begin` hand on."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=__doc__.partition("\n")[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="test: for pytest; begin: for jobs.begin")
    found = parser.parse_args(argv)
    if found.rest and found.command not in {"test", "begin"}:
        parser.error(f"{found.command} takes no arguments: {' '.join(found.rest)}")
    return found.command, found.rest


def main(argv: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows code page without Chinese
    os.environ.setdefault("PYTHONUTF8", "1")  # a Chinese Windows reads files as GBK unless told
    command, rest = chosen(argv)
    try:
        return COMMANDS[command](rest)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
