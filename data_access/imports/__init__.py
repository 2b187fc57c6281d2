"""Importing cases: what an import compares with, and the rows it leaves."""

from data_access.imports.batches import BATCHES, Batch, batches
from data_access.imports.known import Grounds, Known, known, stood_on
from data_access.imports.stored import AT_ONCE, COMPARED, Stored, contacts, stored
from data_access.imports.writing import CaseChange, NewCase, alone, change, insert, keep_batch, make_paths, make_units

__all__ = [
    "AT_ONCE",
    "BATCHES",
    "COMPARED",
    "Batch",
    "CaseChange",
    "Grounds",
    "Known",
    "NewCase",
    "Stored",
    "alone",
    "batches",
    "change",
    "contacts",
    "insert",
    "keep_batch",
    "known",
    "make_paths",
    "make_units",
    "stood_on",
    "stored",
]
