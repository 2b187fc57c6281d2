"""The cookie that carries a session: its name, and how the secret in it is signed."""

import hashlib
import hmac
from functools import lru_cache

from itsdangerous import BadData, URLSafeTimedSerializer

from data_access.signins import LASTS
from jobs import installation

COOKIE = "sid"
SECONDS = int(LASTS.total_seconds())


def signed(secret: str) -> str:
    """The cookie's value for a session's secret."""
    return _signer(installation.key()).dumps(secret)


def secret_in(cookie: str) -> str | None:
    """The secret of a cookie that we signed within the life of a session, else None."""
    try:
        secret = _signer(installation.key()).loads(cookie, max_age=SECONDS)
    except BadData:
        return None
    return secret if isinstance(secret, str) else None


@lru_cache(maxsize=4)
def _signer(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        hmac.digest(key, b"jiefang session cookie", "sha256"),
        salt="sign-in",
        signer_kwargs={"digest_method": hashlib.sha256},
    )
