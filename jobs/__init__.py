"""Whole jobs from the layers below, no Streamlit; each runs as `python -m jobs.<name>` and from a page."""
