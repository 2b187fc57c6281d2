"""Claiming a real installation that has no account: a one-time code from the console makes the first admin."""

import hashlib
import hmac

import clock
from access import OPERATOR
from data_access import accounts, passwords, signins
from data_access.engine import Connection, Engine, writing
from data_access.installation import drop_fact, facts, holds_accounts, write_fact
from vocabulary.enums import Role
from vocabulary.refusals import NotPossible

FACT = "setup_code"
SHOWN_AT = "setup_code_at"


def fresh_code(conn: Connection) -> str:
    """A new code, of which only the hash is kept; an earlier one is void."""
    code = passwords.fresh_password()
    write_fact(conn, FACT, _hashed(code))
    write_fact(conn, SHOWN_AT, clock.now().isoformat())
    return code


def claim(engine: Engine, code: str, login: str, name: str, password: str) -> str:
    """Makes the first admin and signs it in: the session's secret. The code is used up only when all went well.

    NotPossible for a wrong or used code, an installation that has an account, or an account that cannot be made.
    """
    with writing(engine) as conn:
        expected = facts(conn).get(FACT, "")
        if not hmac.compare_digest(expected, _hashed(code)) or not drop_fact(conn, FACT) or holds_accounts(conn):
            raise NotPossible("signin.refused.code_wrong")
        key = accounts.add(conn, OPERATOR, login, name, password, accounts.Duty(Role.ADMIN))
        return signins.begin_session(conn, key)


def _hashed(code: str) -> str:
    return hashlib.sha256(code.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
