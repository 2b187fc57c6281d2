"""The audit trail in the reader's words."""

import ast
from pathlib import Path

from texts import known, speaking
from ui import trail
from vocabulary.enums import Subject

ROOT = Path(trail.__file__).parent.parent
WRITERS = ("data_access", "jobs", "api", "ui")
RECORDS = ("changes.record", "changes.note")


def recorded() -> set[str]:
    """Every action that the product writes into the trail, from its source."""
    calls = (
        node
        for folder in WRITERS
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in RECORDS and len(node.args) > 3
    )
    actions = (call.args[3] for call in calls)
    return {str(action.value) for action in actions if isinstance(action, ast.Constant)}


def test_every_action_and_subject_has_a_word() -> None:
    found = recorded()
    assert "account_added" in found
    assert [action for action in sorted(found) if not known(f"trail.action.{action}")] == []
    assert [subject for subject in Subject if not known(f"trail.subject.{subject.value}")] == []


def test_what_is_told_beside_it_is_in_words_too() -> None:
    kept = '{"login": "wang", "role": "worker", "grids": ["G1", "G2"], "given": true, "strange": "as it is"}'
    assert trail.detail(kept) == "角色 社工；网格 G1、G2；已填 是；strange as it is"
    with speaking("en"):
        assert trail.detail('{"role": "unit", "unit": "property"}') == "role Unit；unit property"
        assert trail.action("signed_in") == "Signed in"
