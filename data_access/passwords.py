"""Passwords: the rule they keep to, their Argon2id hashes, and freshly made ones."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vocabulary.refusals import NotPossible

SHORTEST, LONGEST = 10, 200
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without the characters that are taken for one another
# About 60 ms here; above the least that OWASP recommends (19 MiB, two passes).
_hasher = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=2)
# The hash of a forgotten chance value, compared with when there is no account: that takes as long.
_NOBODYS = "$argon2id$v=19$m=65536,t=2,p=2$tw3wWSQ0DscrBL5EWfzUwg$2VKATbPxZTz+Ir87BBX6HjYV7XW/5/xQDPOUV7FZgok"


def hashed(password: str, login: str) -> str:
    """The Argon2id hash of a new password. NotPossible when it breaks the rule."""
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST or plain.casefold() == login.casefold():
        raise NotPossible("accounts.password_rule", shortest=SHORTEST, longest=LONGEST)
    return _hasher.hash(_bytes(plain))


def matches(password_hash: str | None, password: str) -> bool:
    """Is this the password? It takes as long when there is no hash, or none that can be read, to compare with."""
    plain = _plain(password)[: LONGEST + 1]
    try:
        return _hasher.verify(password_hash or _NOBODYS, _bytes(plain)) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(password_hash: str) -> bool:
    """Was it made with other parameters than today's?"""
    return _hasher.check_needs_rehash(password_hash)


def rehashed(password: str) -> str:
    """A hash with today's parameters of a password that was accepted before."""
    return _hasher.hash(_bytes(_plain(password)))


def fresh_password() -> str:
    """Three groups of four readable characters, 59 bits of chance."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def _plain(password: str) -> str:
    """Full-width and half-width letters count as the same: an input method may type either."""
    return unicodedata.normalize("NFKC", password)


def _bytes(plain: str) -> bytes:
    return plain.encode("utf-8", "surrogatepass")
