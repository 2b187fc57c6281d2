"""One browser tab without a browser: a websocket that asks a Streamlit server for runs and times them."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

REMEMBERED = 2  # runs for which a browser keeps a message that it was told it may keep
SECONDS = 60
OVER = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


class Failed(Exception):
    """The page did not come as a reader would want it."""


def sign_in(address: str, account: str, password: str) -> str:
    """The cookie of a new session."""
    parts = urlsplit(address)
    asking = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    form = urlencode({"account": account, "password": password, "next": "/"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": address}
    asking.request("POST", "/sign-in", form, headers)
    answer = asking.getresponse()
    cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
    asking.close()
    if not cookie:
        raise Failed(f"{account} cannot sign in: {answer.status}")
    return cookie


class Tab:
    """A tab at a page of a server; the first run loads it, each later one is warm."""

    def __init__(self, socket: ClientConnection, address: str, page: str) -> None:
        self._socket = socket
        self._at = f"{address}/{page}"
        self._page = page
        self._script = ""
        self._kept: dict[str, int] = {}
        self._runs = 0
        self.bytes = 0
        self.elements = 0

    def run(self) -> float:
        """Asks for one run; milliseconds until the server says that it is over."""
        self._settle()
        self.bytes = self.elements = 0
        begun = time.perf_counter()
        self._socket.send(self._question())
        self._until_over()
        return (time.perf_counter() - begun) * 1000

    def _settle(self) -> None:
        """Takes what came by itself since: a page that follows its data live runs without being asked."""
        while True:
            try:
                data = self._socket.recv(0)
            except TimeoutError:
                return
            if self._heard(data) == "new_session":
                self._until_over(begun=True)

    def _until_over(self, *, begun: bool = False) -> None:
        while True:
            kind = self._heard(self._socket.recv(SECONDS))
            begun = begun or kind == "new_session"
            if kind == "script_finished" and begun:
                self._forget()
                return

    def _question(self) -> bytes:
        asked = BackMsg()
        run = asked.rerun_script
        run.page_script_hash, run.page_name = self._script, "" if self._script else self._page
        run.cached_message_hashes.extend(self._kept)
        run.context_info.url = self._at
        run.context_info.timezone, run.context_info.timezone_offset = "Asia/Shanghai", -480
        run.context_info.locale = "zh-CN"
        return bytes(asked.SerializeToString())

    def _heard(self, data: str | bytes) -> str | None:
        """What kind of message it was; the end of a run that another one follows is none."""
        if isinstance(data, str):
            raise Failed("text came where messages do")
        self.bytes += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return kind if message.script_finished in OVER else None
        self._take(kind, message)
        return kind

    def _take(self, kind: str | None, message: ForwardMsg) -> None:
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
        elif kind == "new_session":
            self._script = message.new_session.page_script_hash or self._script
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash or self._script
        elif kind == "page_not_found":
            raise Failed(f"no page {self._page!r}")
        elif kind == "delta":
            self._drawn(message)

    def _drawn(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = self._runs
        if message.delta.WhichOneof("type") != "new_element":
            return
        self.elements += 1
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception" and not element.exception.is_warning:
            raise Failed(f"{self._page}: {element.exception.type}: {element.exception.message}")

    def _forget(self) -> None:
        self._runs += 1
        self._kept = {name: used for name, used in self._kept.items() if self._runs - used < REMEMBERED}


@contextmanager
def tab(address: str, page: str = "", cookie: str = "") -> Iterator[Tab]:
    """A tab that closes afterwards."""
    with connect(
        f"ws{address.removeprefix('http')}/_stcore/stream",
        additional_headers={"Cookie": cookie} if cookie else {},
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
        proxy=None,
        ping_interval=None,
        open_timeout=SECONDS,
    ) as socket:
        yield Tab(socket, address, page)
