"""Sheets of every kind but cases: declared once, from which follow template, preview, import and export.

A kind is a `Kind` in declared.py: a book of data_access (what is stored, how a row is written), its columns with type
and example. Words stand in texts/*/sheet_kinds.toml: `name`, `about`, a heading a field, notes where one is needed.
"""
