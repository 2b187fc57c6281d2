"""What a job says at the terminal: its language, its columns, its refusals."""

import pytest

from data_access.engine import open_engine
from jobs import terminal
from texts import Language, t
from vocabulary.refusals import NotPossible


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "JIEFANG_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "JIEFANG_LANG": "EN"}, "en"),
        ({"LANG": "en_GB", "JIEFANG_LANG": "fr"}, "en"),
    ],
)
def test_the_language_is_the_operator_s(environment: dict[str, str], spoken: Language) -> None:
    assert terminal.operator_language(environment) == spoken


def test_columns_stand_under_one_another_in_both_scripts() -> None:
    lines = terminal.aligned([("角色 role", "口令"), ("admin", "k7mp"), ("街道干部", "x3nr")]).splitlines()
    assert lines == ["角色 role  口令", "admin      k7mp", "街道干部   x3nr"]


def test_a_refusal_is_one_sentence_and_exit_code_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise NotPossible("accounts.no_account", login="li")

    monkeypatch.setenv("JIEFANG_LANG", "en")
    assert terminal.ended(refuse) == 1
    assert capsys.readouterr().err == "There is no account “li”.\n"


def test_a_database_that_is_away_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> int:
        open_engine("postgresql://127.0.0.1:1/nowhere?connect_timeout=1").connect()
        return 0

    monkeypatch.setenv("JIEFANG_LANG", "zh")
    assert terminal.ended(away) == 1
    told = capsys.readouterr().err
    assert told.startswith("数据库打不开：")
    assert "Traceback" not in told


def test_a_bug_is_not_dressed_up_as_a_refusal() -> None:
    def broken() -> int:
        raise KeyError(t("words.save"))

    with pytest.raises(KeyError):
        terminal.ended(broken)
