"""Runs a page for a viewer over a database, as AppTest does it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from ui import gate, live, loading
from vocabulary.questions import Viewer

ROOT = Path(__file__).parents[2]


def show(page: str, viewer: Viewer, engine: sa.Engine, patch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """The page after its first run; whoever is signed in is `viewer`."""
    patch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    patch.setattr(gate, "viewer", lambda: viewer)
    loading.forget()
    live.look()
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    """Every text of the page that AppTest sees, in one string."""
    parts = [*(each.value for each in app.markdown), *(each.proto.body for each in app.get("html"))]
    return "\n".join(str(part) for part in parts)
