"""Spreadsheet files to tables of cells and back. File formats and XlsxWriter stop here."""
