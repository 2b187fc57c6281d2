"""Sealing of contacts at rest, with a key from the environment or a file that only its owner can read."""

import hashlib
import hmac
import json
import os
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from vocabulary.refusals import NotPossible


class Seal:
    """Seals and opens small records; `digest` tells equal from different without opening."""

    def __init__(self, key: bytes) -> None:
        """`key` is a Fernet key: 32 bytes, url-safe base64. NotPossible when it is none."""
        try:
            self._fernet = Fernet(key)
        except ValueError:
            raise NotPossible("words.key_unusable") from None
        self._digest_key = hashlib.sha256(b"digest" + key).digest()

    def close(self, contact: dict[str, str]) -> bytes:
        return self._fernet.encrypt(_plain(contact))

    def open(self, sealed: bytes) -> dict[str, str]:
        """NotPossible when it was sealed with another key."""
        try:
            contact = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise NotPossible("words.key_other") from None
        return {str(name): str(value) for name, value in contact.items()}

    def digest(self, contact: dict[str, str]) -> str:
        return hmac.new(self._digest_key, _plain(contact), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def seal(key: str | None, key_file: Path) -> Seal:
    """The seal of `key`, else of the key file, which is made at the first use, readable by its owner only."""
    if key:
        return Seal(key.encode())
    if not key_file.exists():
        key_file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(Fernet.generate_key())
    return Seal(key_file.read_bytes().strip())


def _plain(contact: dict[str, str]) -> bytes:
    return json.dumps(contact, ensure_ascii=False, sort_keys=True).encode()
