"""The ASGI app: Streamlit over ui/shell.py, with our routes, security headers and the live watcher."""

import asyncio
import importlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import sessions
from geo import ground
from jobs import daily, prepare
from jobs.cookies import COOKIE, secret_in
from ui import live

ROOT = Path(__file__).parent
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
]


class SecurityHeaders:
    """Adds our headers to every answer, without buffering it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnPagesOnly:
    """Closes a WebSocket that another site's page opened.

    Streamlit would ask an outside address who we are before it refuses; nothing here may reach the network.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not from_own_page(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)


def from_own_page(headers: Headers) -> bool:
    """Does the request come from a page of this server? A client that is no browser names no origin."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


@asynccontextmanager
async def life(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """The server's life: a ready database, sockets without delay, slow imports done before, a watcher, hourly work."""
    await asyncio.to_thread(prepare.unless_prepared)
    send_without_delay()
    warm = asyncio.get_running_loop().run_in_executor(None, import_slow_parts)
    working = [asyncio.create_task(live.watch()), asyncio.create_task(daily.keep())]
    try:
        yield {}
    finally:
        for task in working:
            task.cancel()
        for task in working:
            with suppress(asyncio.CancelledError):
                await task
        await warm


def send_without_delay() -> None:
    """Sets TCP_NODELAY on the listening sockets, which Streamlit leaves out; where there is no /proc, nothing."""
    if not Path("/proc/self/fd").is_dir():
        return
    for name in os.listdir("/proc/self/fd"):
        try:
            listening = socket.socket(fileno=os.dup(int(name)))
        except OSError:
            continue
        with listening:
            internet = listening.family in (socket.AF_INET, socket.AF_INET6)
            if internet and listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def import_slow_parts() -> None:
    """What Streamlit imports at first use, so that the first visitor does not wait for it."""
    for module in ("altair", "pandas", "pyarrow"):
        importlib.import_module(module)


async def one_map(request: Request) -> Response:
    """A map's kept ground, for those who are signed in; it holds nothing about people."""
    if secret_in(request.cookies.get(COOKIE, "")) is None:
        return PlainTextResponse("请先登录。 / Sign in first.", 403)
    page = ground.page(request.path_params["sha"])
    if page is None:
        return PlainTextResponse("没有这张图。 / No such map.", 404)
    kept = {"cache-control": "private, max-age=31536000, immutable"}
    return Response(page, media_type="text/html", headers=kept)


app = st.App(
    ROOT / "ui/shell.py",
    lifespan=life,
    middleware=[Middleware(SecurityHeaders), Middleware(OwnPagesOnly)],
    routes=[
        *sessions.routes,
        Route("/maps/{sha:str}.html", one_map),
        Mount("/assets", StaticFiles(directory=ROOT / "static")),
    ],
)

if __name__ == "__main__":
    app.run()
