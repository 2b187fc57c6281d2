"""A page with the kept map and nothing else, served like the product: its routes, its policy, its assets."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.ground import page

ROOT = Path(__file__).parents[3]
POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    b"frame-src 'self' blob: data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)


class Headers:
    """Puts the product's Content-Security-Policy on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY)]
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)


async def one_map(request: Request) -> Response:
    body = page(request.path_params["sha"])
    return Response(body, media_type="text/html") if body else Response("none", 404)


app = st.App(
    Path(__file__).parent / "small_shell.py",
    middleware=[Middleware(Headers)],
    routes=[
        Route("/maps/{sha:str}.html", one_map),
        Mount("/assets", StaticFiles(directory=ROOT / "static")),
    ],
)
