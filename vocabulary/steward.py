"""The kinds of matter that somebody answers for."""

from enum import StrEnum


class Matter(StrEnum):
    CASE = "case"
    PROPOSAL = "proposal"
    PROJECT = "project"
