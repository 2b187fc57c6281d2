"""Signing in and out and claiming an installation, by the forms a browser posts."""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

import settings
from data_access import signins
from data_access.engine import unreachable, writing
from jobs import claim, cookies, installation
from texts import LANGUAGES, said_in
from vocabulary.refusals import NotPossible

LARGEST = 16 * 1024
MOST_FIELDS = 20
HOME = "/"
AT_ONCE = 2  # sign-ins compared at the same time: Argon2 takes 64 MiB and a core for each

Form = dict[str, str]
_few = anyio.CapacityLimiter(AT_ONCE)


def posted(answer: Callable[[Request, Form], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A route for a small form from a page of ours; what comes from elsewhere is refused with 403."""

    async def route(request: Request) -> Response:
        if not from_our_page(request):
            return _refused("elsewhere", 403)
        form = await _form(request)
        if form is None:
            return _refused("no_form", 400)
        try:
            return await answer(request, form)
        except Exception as problem:
            if not unreachable(problem):
                raise
            return _refused("unreadable", 503)

    return route


async def sign_in(_request: Request, form: Form) -> Response:
    """To the page that was asked for, with a session; back to the form when refused."""
    goal = safe_path(form.get("next", HOME))
    work = partial(signins.sign_in, installation.engine(), form.get("account", ""), form.get("password", ""))
    try:
        secret = await _aside(work)
    except NotPossible as refusal:
        return _to(_with(goal, **{"locked" if refusal.key == "signin.locked" else "failed": "1"}))
    return _signed_in(_to(goal), secret)


async def sign_out(request: Request, _form: Form) -> Response:
    """Ends the session that the cookie names, on the server too."""
    secret = cookies.secret_in(request.cookies.get(cookies.COOKIE, ""))
    if secret is not None:
        await to_thread.run_sync(_end, secret)
    answer = _to(HOME)
    answer.delete_cookie(cookies.COOKIE, path="/", httponly=True, samesite="lax", secure=settings.read().https)
    return answer


async def set_up(_request: Request, form: Form) -> Response:
    """Makes the first admin of a new installation and signs it in; back to the form with what was wrong."""
    typed = [form.get(field, "") for field in ("code", "account", "person", "password")]
    try:
        secret = await _aside(partial(claim.claim, installation.engine(), *typed))
    except NotPossible as refusal:
        return _to(_with(safe_path(form.get("next", HOME)), refused=refusal.key.rpartition(".")[2]))
    return _signed_in(_to(HOME), secret)


def from_our_page(request: Request) -> bool:
    """Does the browser say that the form stood on a page of this very host? Without an Origin it does not."""
    origin, host = request.headers.get("origin"), request.headers.get("host")
    return origin is not None and host is not None and urlsplit(origin).netloc.lower() == host.lower()


def safe_path(asked: str) -> str:
    """The local path that was asked for, without what the form said last; / for anything that could lead elsewhere."""
    if not asked.startswith("/") or asked.startswith("//") or "\\" in asked or not asked.isprintable():
        return HOME
    return _with(asked)


def _with(path: str, **said: str) -> str:
    parts = urlsplit(path)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("failed", "locked", "refused")]
    return urlunsplit(("", "", parts.path, urlencode([*kept, *said.items()]), ""))


def _to(path: str) -> Response:
    return RedirectResponse(path, 303)


def _signed_in(answer: Response, secret: str) -> Response:
    answer.set_cookie(
        cookies.COOKIE,
        cookies.signed(secret),
        max_age=cookies.SECONDS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.read().https,
    )
    return answer


def _refused(key: str, status: int) -> Response:
    return PlainTextResponse(" / ".join(said_in(language, f"signin.{key}") for language in LANGUAGES), status)


async def _form(request: Request) -> Form | None:
    """The fields of the form; None for what is none of ours or too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None


async def _aside(work: Callable[[], str]) -> str:
    """Runs a piece of work off the event loop, few at a time."""
    return await to_thread.run_sync(work, limiter=_few)


def _end(secret: str) -> None:
    with writing(installation.engine()) as conn:
        signins.sign_out(conn, secret)


routes = [
    Route("/sign-in", posted(sign_in), methods=["POST"]),
    Route("/sign-out", posted(sign_out), methods=["POST"]),
    Route("/setup", posted(set_up), methods=["POST"]),
]
