"""Import and export: a sheet of a chosen kind with its preview, what was imported before, rows to take away."""

import streamlit as st

import access
from access import Permission
from jobs.sheets.declared import KINDS
from texts import t
from ui import exchange_kind_import, exchange_kinds
from ui.exchange_export import exporting
from ui.exchange_history import history
from ui.exchange_import import importing
from ui.gate import enter
from ui.parts import empty, head

viewer = enter("exchange")

head(t("exchange.title"), t("exchange.subtitle"))
chosen = exchange_kinds.chosen(viewer)
if chosen is None:
    empty(t("exchange.nothing_here"))
    st.stop()

if chosen == exchange_kinds.CASES:
    may_import = access.allows(viewer, Permission.IMPORT_CASES)
    if may_import:
        importing(viewer)
    if access.allows(viewer, Permission.EXPORT):
        exporting(viewer)
    if may_import:
        history(viewer)
else:
    kind = KINDS[chosen]
    may_import = access.allows(viewer, kind.permission)
    if may_import:
        exchange_kind_import.importing(viewer, kind)
    exchange_kinds.exporting(viewer, kind)
    if may_import:
        exchange_kinds.history(viewer, kind)
