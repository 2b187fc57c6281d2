"""Accounts: who may sign in, what each of them answers for, and what was done."""

from data_access import accounts
from texts import t
from ui.accounts import accounts_panel, lead, new, shown_once
from ui.beginning import begin_office
from ui.gate import enter
from ui.loading import load
from ui.parts import head
from ui.parts import lead as sentence
from ui.trail import trail

viewer = enter("accounts")
listed = load(accounts.listing, viewer)

head(t("accounts.title"), t("accounts.subtitle"), controls=lambda: new(viewer))
sentence(lead(listed))
shown_once()
begin_office(viewer)
accounts_panel(viewer, listed)
trail(viewer)
