"""What an operator can set, read from the environment into one frozen value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Settings:
    """`database_url` is None while the office uses the embedded databases under `data_folder`."""

    database_url: str | None
    data_folder: Path
    key: str | None
    demo: bool
    host: str
    port: int
    https: bool


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises ValueError for a port that is no number."""
    return Settings(
        database_url=environment.get("DATABASE_URL") or None,
        data_folder=Path(environment.get("JIEFANG_DATA") or ROOT / "data"),
        key=environment.get("JIEFANG_KEY") or None,
        demo=environment.get("JIEFANG_DEMO") == "1",
        host=environment.get("HOST") or "127.0.0.1",
        port=int(environment.get("PORT") or 8501),
        https=environment.get("JIEFANG_HTTPS") == "1",
    )
