"""A PostgreSQL server of the tests' own, in a temporary folder, ended with them."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """A running server; yields its address without a database name, ending in a slash."""
    folder = Path(tempfile.mkdtemp(prefix="jiefang-pg-"))
    port, user = free_port(), "postgres" if os.name == "posix" and os.geteuid() == 0 else getpass.getuser()
    as_user = ["/usr/sbin/runuser", "-u", user, "--"] if user == "postgres" else []
    if as_user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*words: str) -> None:
        done = subprocess.run([*as_user, *words], capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, f"{words[0]}: {done.stdout}{done.stderr}"

    run(str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", user, "-N")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
    run(str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://{user}@127.0.0.1:{port}/"
    finally:
        run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
