"""Streamlit parts shared by the pages: Streamlit stops here."""
