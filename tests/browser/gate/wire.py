"""What a page puts on the wire, without a browser: one socket, one run, every message kept."""

from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


def sent(address: str, page: str, cookie: str = "") -> tuple[list[str], bytes]:
    """The types of all messages of a first run of `page`, and everything that was sent, as one run of bytes."""
    kinds: list[str] = []
    wire = bytearray()
    origin = "http://" + urlsplit(address).netloc
    headers = {"Cookie": f"sid={cookie}"} if cookie else {}
    with connect(
        f"ws{address.removeprefix('http')}/_stcore/stream",
        additional_headers=headers,
        origin=Origin(origin),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        proxy=None,
    ) as socket:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.context_info.url = f"{address}/{page}"
        socket.send(asked.SerializeToString())
        while True:
            frame = socket.recv(timeout=60)
            assert isinstance(frame, bytes)
            wire += frame
            message = ForwardMsg()
            message.ParseFromString(frame)
            kinds.append(message.WhichOneof("type") or "")
            if message.WhichOneof("type") == "script_finished" and message.script_finished in ENDED:
                return kinds, bytes(wire)
