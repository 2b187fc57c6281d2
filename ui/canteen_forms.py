"""What the canteen's forms share: the reason of a correction."""

import streamlit as st

from texts import t


def reason(key: str) -> str:
    """Why something is corrected."""
    return st.text_input(t("canteen.page.reason"), key=key) or ""
