"""A small project for trying bootstrap.py: the real script, stand-ins for what it starts, no network."""

import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import bootstrap

STANDS_IN = {
    "jobs/prepare.py": (
        "import os\nprint('prepared', flush=True)\nraise SystemExit(int(os.environ.get('PREPARE', '0')))"
    ),
    "jobs/begin.py": "import json, sys\nprint(json.dumps(sys.argv[1:]))",
    "streamlit/__init__.py": "",
    "streamlit/__main__.py": (
        "import json, os, sys\n"
        "print(json.dumps({'argv': sys.argv[1:], 'prefix': sys.prefix, 'url': os.environ.get('DATABASE_URL')}))"
    ),
    "tests/needs.py": "import os\nraise SystemExit(int(os.environ.get('NEEDS', '0')))",
    "pytest.ini": "[pytest]\nmarkers = browser: drives a browser\n",
}


def make_wheel(folder: Path, version: str) -> None:
    """A package `tiny` with one script, as pip wants it."""
    info = f"tiny-{version}.dist-info"
    with zipfile.ZipFile(folder / f"tiny-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", f"def main():\n    print('tiny {version}')\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\ntiny = tiny:main\n")
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in wheel.namelist()))


def require(folder: Path, requirement: str) -> None:
    (folder / "requirements.txt").write_text(f"{requirement}\n")


def make_project(folder: Path) -> Path:
    """A folder with the real bootstrap.py and stand-ins for what it starts; its .venv is not made yet."""
    for name, text in STANDS_IN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    shutil.copy(bootstrap.__file__, folder)
    make_wheel(folder, "1")
    make_wheel(folder, "2")
    require(folder, "./tiny-1-py3-none-any.whl")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\n")
    return folder


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1", "CI": "", "PORT": str(free_port()), **settings}
    line = [sys.executable, str(folder / "bootstrap.py"), *arguments]
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def venv_python(folder: Path) -> Path:
    return folder / bootstrap.PYTHON.relative_to(bootstrap.ROOT)


def stamp(folder: Path) -> Path:
    return folder / bootstrap.STAMP.relative_to(bootstrap.ROOT)


def tiny(folder: Path) -> str:
    """What the installed package says of itself, through its script in .venv."""
    script = venv_python(folder).parent / "tiny"
    return subprocess.run([script], capture_output=True, text=True, check=True).stdout.strip()
