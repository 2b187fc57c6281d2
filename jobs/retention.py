"""Deleting what is kept no longer: `python -m jobs.retention [--dry-run]`; a server does so each hour."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from access import OPERATOR
from data_access import peace_post, retention, volunteers
from data_access.engine import Connection, Engine, writing
from jobs import installation, terminal
from texts import t
from vocabulary.questions import Viewer

RULES: Mapping[str, Callable[[Connection, Viewer], int]] = {
    "cards": retention.drop_old_cards,
    "contacts": peace_post.drop_old_contacts,
    "texts": peace_post.drop_old_texts,
    "volunteers": volunteers.drop_old_details,
    "sign_ins": retention.drop_old_sign_ins,
}
"""What is dropped, by its key in texts/*/retention.toml; each rule writes its own audit row with its count."""


def drop(engine: Engine, *, dry: bool = False) -> dict[str, int]:
    """Everything whose time is over, in one transaction, undone for a dry run; gives how many of each."""
    with writing(engine) as conn:
        counts = {key: rule(conn, OPERATOR) for key, rule in RULES.items()}
        if dry:
            conn.rollback()
    return counts


def look() -> dict[str, int]:
    """Drops what is due in the database in use."""
    return drop(installation.engine())


def main(words: Sequence[str] | None = None) -> int:
    """The command: a line for each rule."""
    parser = argparse.ArgumentParser(prog="python -m jobs.retention", description=t("retention.about"))
    parser.add_argument("--dry-run", action="store_true", help=t("retention.dry_run"))
    dry = parser.parse_args(words).dry_run
    for key, count in drop(installation.opened(), dry=dry).items():
        print(t(f"retention.{key}", count=count))
    print(t("retention.dry" if dry else "retention.done"))
    return 0


if __name__ == "__main__":
    sys.exit(terminal.ended(main))
