"""The two commands, run as real processes in a small project of their own, without a network."""

import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import bootstrap
from tests.small_project import command, free_port, make_project, require, stamp, tiny, venv_python

HERE = Path(bootstrap.__file__)
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and exec are POSIX")

FAST = "def test_it_adds_up():\n    assert 1 + 1 == 2\n"
BROWSER = "import pytest\n@pytest.mark.browser\ndef test_it_opens():\n    assert True\n"
SKIPPED = (
    "import pytest\n@pytest.mark.browser\n@pytest.mark.skip(reason='no Chromium')\ndef test_it_opens():\n    pass\n"
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One .venv for the whole module, which sees this environment's pytest."""
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture
def project(prepared: Path) -> Path:
    """Set up whatever the test before did to it: that is what bootstrap.py is for."""
    require(prepared, "./tiny-1-py3-none-any.whl")
    for left in prepared.glob("tests/test_*.py"):
        left.unlink()
    done = command(prepared, "install")
    assert done.returncode == 0, done.stderr
    versioned = f"python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    packages = prepared / ".venv" / ("Lib/site-packages" if os.name == "nt" else f"lib/{versioned}")
    (packages / "outer.pth").write_text(sysconfig.get_path("purelib"))
    return prepared


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_a_second_call_installs_nothing(project: Path) -> None:
    before = stamp(project).stat().st_mtime_ns
    again = command(project, "install", PIP_LOG=str(project / "pip.log"))
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert not (project / "pip.log").exists()
    assert stamp(project).stat().st_mtime_ns == before
    assert tiny(project) == "tiny 1"


def test_changed_requirements_are_installed_with_the_settings_pip_has(project: Path) -> None:
    require(project, "./tiny-2-py3-none-any.whl")
    done = command(project, "install", PIP_LOG=str(project / "pip.log"))
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert "正在安装所需组件" in done.stdout
    assert tiny(project) == "tiny 2"
    assert "tiny-2" in (project / "pip.log").read_text()
    (project / "pip.log").unlink()


def test_what_testing_needs_holds_what_running_needs(project: Path) -> None:
    (project / "tests/test_one.py").write_text(FAST)
    assert "正在安装所需组件" in command(project, "test", "tests").stdout
    assert command(project, "install").stdout == ""
    assert "正在安装所需组件" not in command(project, "test", "tests").stdout


def test_a_failed_install_says_why_and_leaves_no_stamp(project: Path) -> None:
    require(project, "no-such-package-here==1")
    done = command(project, "install")
    assert done.returncode == 1
    assert "no-such-package-here==1" in done.stderr
    assert "requirements.txt 没有装好" in done.stderr
    assert not stamp(project).exists()


@POSIX
def test_an_interrupted_install_is_quiet_and_leaves_no_stamp(project: Path) -> None:
    require(project, "no-such-package-here==1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        environment = {**os.environ, "PIP_INDEX_URL": index, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        line = [sys.executable, str(project / "bootstrap.py"), "install"]
        with subprocess.Popen(
            line, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as child:
            asking, _ = silent.accept()
            os.killpg(child.pid, signal.SIGINT)
            _, errors = child.communicate(timeout=60)
            asking.close()
    assert child.returncode == 130
    assert "Traceback" not in errors
    assert not stamp(project).exists()


def test_a_venv_whose_python_is_gone_is_made_again(project: Path) -> None:
    venv_python(project).unlink()
    done = command(project, "install")
    assert done.returncode == 0, done.stderr
    assert "正在准备运行环境" in done.stdout
    assert tiny(project) == "tiny 1"


def test_a_venv_without_its_configuration_is_another_folders_and_made_again(project: Path) -> None:
    (project / ".venv/pyvenv.cfg").unlink()
    done = command(project, "install")
    assert "正在准备运行环境" in done.stdout
    assert (project / ".venv/pyvenv.cfg").exists()


def test_a_moved_clone_makes_its_venv_again(project: Path) -> None:
    other = project.rename(project.with_name("搬走 了"))
    try:
        done = command(other, "install")
        assert done.returncode == 0, done.stderr
        assert "正在准备运行环境" in done.stdout
        assert tiny(other) == "tiny 1"
    finally:
        other.rename(project)


def test_a_missing_ensurepip_is_named_with_its_package(bare: Path, tmp_path: Path) -> None:
    start = (
        "import runpy, sys\n"
        "sys.modules['ensurepip'] = None\n"
        "sys.argv = ['bootstrap.py', 'install']\n"
        f"runpy.run_path({str(bare / 'bootstrap.py')!r}, run_name='__main__')"
    )
    environment = {**os.environ, "PATH": str(tmp_path)}  # no apt-get: a test installs nothing on the machine
    done = subprocess.run([sys.executable, "-c", start], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (bare / ".venv").exists()


def test_an_old_python_gets_one_sentence() -> None:
    start = f"import runpy, sys\nsys.version_info = (3, 10, 9, 'final', 0)\nrunpy.run_path({str(HERE)!r})"
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "3.11" in done.stderr
    assert "3.10" in done.stderr


def test_a_port_in_use_is_named_before_anything_is_installed(bare: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = command(bare, "run", PORT=port)
    assert done.returncode == 1
    assert f"端口 {port} 已被占用" in done.stderr
    assert "PORT" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("PORT", "abc"), ("PORT", "0"), ("PORT", "65536"), ("HOST", "192.0.2.1"), ("HOST", "no host")],
)
def test_an_address_that_cannot_be_used_is_named(bare: Path, setting: str, value: str) -> None:
    done = command(bare, "run", **{setting: value})
    assert done.returncode == 1
    assert f"{setting}={value}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_run_prepares_and_then_starts_the_app_in_the_venv(project: Path) -> None:
    port = str(free_port())
    done = command(project, "run", PORT=port, HOST="", DATABASE_URL="sqlite:///some.db")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    started = json.loads(second)
    assert first == "prepared"
    assert started["argv"][:6] == ["run", "app.py", "--server.address", "127.0.0.1", "--server.port", port]
    assert started["argv"][6:8] == ["--server.headless", "true"]
    assert Path(started["prefix"]).samefile(project / ".venv")
    assert started["url"] == "sqlite:///some.db"


def test_run_does_not_start_what_could_not_be_prepared(project: Path) -> None:
    done = command(project, "run", PREPARE="3")
    assert (done.returncode, done.stdout) == (3, "prepared\n")


def test_run_warns_when_other_machines_can_reach_it(project: Path) -> None:
    assert "注意：HOST=0.0.0.0" in command(project, "run", HOST="0.0.0.0").stdout
    assert "注意" not in command(project, "run", HOST="127.0.0.1").stdout


def test_begin_hands_on_its_arguments(project: Path) -> None:
    done = command(project, "begin", "--name", "王 芳", "--places")
    assert json.loads(done.stdout.splitlines()[-1]) == ["--name", "王 芳", "--places"]


@pytest.mark.parametrize("name", ["install", "run", "check"])
def test_arguments_nobody_reads_are_refused(bare: Path, name: str) -> None:
    done = command(bare, name, "--fast")
    assert done.returncode == 2
    assert "--fast" in done.stderr


def test_both_phases_are_summed_in_the_last_line(project: Path) -> None:
    (project / "tests/test_one.py").write_text(FAST + "def test_it_fails():\n    assert False\n")
    (project / "tests/test_two.py").write_text(BROWSER + SKIPPED.replace("opens", "closes"))
    done = command(project, "test")
    assert done.stdout.splitlines()[-1] == "2 passed, 1 failed, 1 skipped"
    assert done.returncode == 1


def test_a_browser_phase_without_tests_is_a_failure(project: Path) -> None:
    (project / "tests/test_one.py").write_text(FAST)
    done = command(project, "test")
    assert done.returncode == 5
    assert "-m browser" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_browser_tests_skipped_for_a_reason_are_no_failure(project: Path) -> None:
    (project / "tests/test_one.py").write_text(FAST)
    (project / "tests/test_two.py").write_text(SKIPPED)
    done = command(project, "test")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "1 passed, 0 failed, 1 skipped"


def test_a_need_that_must_be_there_fails_the_tests_that_passed(project: Path) -> None:
    (project / "tests/test_one.py").write_text(FAST)
    assert command(project, "test", "tests", NEEDS="1").returncode == 1
    assert command(project, "test", "tests", NEEDS="0").returncode == 0


def test_arguments_go_to_one_plain_pytest(project: Path) -> None:
    (project / "tests/test_one.py").write_text(FAST + "def test_other():\n    assert False\n")
    done = command(project, "test", "-k", "adds", "tests/test_one.py")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_check_runs_all_and_names_what_failed(project: Path) -> None:
    (project / "tests/test_structure.py").write_text(FAST)
    (project / "wrong.py").write_text('x: int = "a"\n')
    done = command(project, "check")
    (project / "wrong.py").unlink()
    assert done.returncode == 1
    assert "mypy" in done.stdout.splitlines()[-1]
    assert "structure" not in done.stdout.splitlines()[-1]
    assert "1 passed" in done.stdout


def test_each_test_has_one_outcome(tmp_path: Path) -> None:
    every_kind = (
        "import pytest\n"
        "@pytest.fixture\ndef leaves_a_mess():\n    yield\n    raise RuntimeError\n"
        "@pytest.fixture\ndef never_there():\n    raise RuntimeError\n"
        "def test_passes(): pass\n"  # passed
        "def test_fails(): assert False\n"  # failed
        "def test_fails_after(leaves_a_mess): pass\n"  # failed, though its body passed
        "def test_fails_before(never_there): pass\n"  # failed
        "def test_skips(): pytest.skip('no reason')\n"  # skipped
        "@pytest.mark.xfail\ndef test_is_known_to_fail(): assert False\n"  # skipped
    )
    (tmp_path / "test_kinds.py").write_text(every_kind)
    line = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--junitxml=report.xml"]
    subprocess.run(line, cwd=tmp_path, capture_output=True, check=False)
    assert bootstrap.outcomes(tmp_path / "report.xml") == {"passed": 1, "failed": 3, "skipped": 2}


def test_a_pytest_that_died_counts_nothing(tmp_path: Path) -> None:
    assert not bootstrap.outcomes(tmp_path / "never-written.xml")


def test_the_worst_exit_code_wins_also_when_a_process_was_killed() -> None:
    assert bootstrap.worst([0, 0]) == 0
    assert bootstrap.worst([0, -9, 1]) == 9
