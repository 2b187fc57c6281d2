"""Importing cases from a sheet: which column is what, what each row says, what would change, and doing it."""
