"""Import and export: a sheet of cases with its preview, what was imported before, and cases to take away."""

import streamlit as st

import access
from access import Permission
from texts import t
from ui.exchange_export import exporting
from ui.exchange_history import history
from ui.exchange_import import importing
from ui.gate import enter
from ui.parts import empty, head

viewer = enter("exchange")
may_import = access.allows(viewer, Permission.IMPORT_CASES)
may_export = access.allows(viewer, Permission.EXPORT)

head(t("exchange.title"), t("exchange.subtitle"))
if not (may_import or may_export):
    empty(t("exchange.nothing_here"))
    st.stop()

if may_import:
    importing(viewer)
if may_export:
    exporting(viewer)
if may_import:
    history(viewer)
