"""Bringing a database's schema up to date, by Alembic."""

import threading
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent / "migrations"
_alone = threading.Lock()  # Alembic hands a migration its context through module globals


def up_to_date(engine: sa.Engine) -> bool:
    """Does the schema stand at the newest migration?"""
    with engine.connect().execution_options(reads=True) as conn:
        return MigrationContext.configure(conn).get_current_revision() == _script(Config()).get_current_head()


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Brings an empty or older schema up to `revision`, whole or not at all."""
    if revision == "head" and up_to_date(engine):
        return
    with _alone, engine.begin() as conn:
        command.upgrade(_config(conn), revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Takes the schema back to `revision` ("base": to nothing)."""
    with _alone, engine.begin() as conn:
        command.downgrade(_config(conn), revision)


def _config(conn: sa.Connection) -> Config:
    config = Config()
    config.attributes["connection"] = conn
    _script(config)
    return config


def _script(config: Config) -> ScriptDirectory:
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)
