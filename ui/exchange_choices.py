"""What somebody must decide before an import: columns and words that the product doesn't know."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

import streamlit as st

from jobs.imports.choices import ANY, Choice
from jobs.imports.headings import FIELDS, Columns, field_name
from jobs.imports.preview import Preview
from jobs.imports.report import path_words
from jobs.imports.words import AS_WELL, ENUMERATIONS, OFFERED, YES_NO, Unknown
from texts import t
from ui import exchange_work
from ui.exchange_work import Work
from ui.parts import panel, plain
from vocabulary.refusals import word

MANY = 12
LEFT_OUT = ""
NOTHING = ""


def choices(work: Work, columns: Columns, found: Preview | None) -> None:
    """The panel with a choice for each unknown column and word; nothing when all is known."""
    headings = (*columns.unknown, *(heading for heading, _ in work.choices.columns))
    unknown = found.unknown if found else ()
    made = found is not None and bool(found.new_units or found.new_paths)
    if not (headings or unknown or made):
        return
    with panel(t("exchange.choices"), t("exchange.choices_note"), key="choices"):
        if headings:
            _columns(work, columns, headings)
        if unknown:
            st.markdown(f"**{t('exchange.unknown_words')}**")
            for name, some in groupby(sorted(unknown, key=lambda one: (one.field, one.row)), key=lambda one: one.field):
                _words(work, name, list(some), found)
        if found and made:
            _made(found)


def _columns(work: Work, columns: Columns, headings: Sequence[str]) -> None:
    st.markdown(f"**{t('exchange.unknown_columns')}**")
    chosen = dict(work.choices.columns)
    free = [LEFT_OUT, *(field for field in FIELDS if field not in columns.places or field in chosen.values())]
    mapped: dict[str, str] = {}
    for heading in dict.fromkeys(headings):
        now = chosen.get(heading, LEFT_OUT)
        offered = [field for field in free if field in (now, LEFT_OUT) or field not in mapped.values()]
        mapped[heading] = st.selectbox(
            t("exchange.column_of", heading=plain(heading)),
            offered,
            offered.index(now),
            format_func=lambda field: field_name(field) if field else t("exchange.leave_column"),
            filter_mode=None,
            key=f"column-{exchange_work.chooser()}-{heading}",
        )
    pairs = tuple((heading, field) for heading, field in mapped.items() if field or heading in chosen)
    if pairs != work.choices.columns:
        exchange_work.choose(replace(work.choices, columns=pairs))
        st.rerun()


def _words(work: Work, name: str, some: list[Unknown], found: Preview | None) -> None:
    """One choice for all unknown words of a field where there are several, and one for each of the first."""
    meanings = _meanings(name, found)
    if len(some) > 1:
        label = t("exchange.all_words_of", field=field_name(name), words=len(some))
        _one(work, name, ANY, label, meanings)
    for one in some[:MANY]:
        label = t("exchange.word_of", field=field_name(name), word=plain(one.word), rows=one.rows)
        _one(work, name, one.word, label, meanings, several=len(some) > 1)


def _one(work: Work, name: str, said: str, label: str, meanings: Mapping[str, str], *, several: bool = False) -> None:
    chosen = {(field, word_said): meaning for field, word_said, meaning in work.choices.words}
    now = chosen.get((name, said), NOTHING)
    silent = _said(meanings, name, several, NOTHING)
    offered = [NOTHING, *(meaning for meaning, words in meanings.items() if words != silent)]
    picked = st.selectbox(
        label,
        offered,
        offered.index(now) if now in offered else 0,
        format_func=partial(_said, meanings, name, several),
        filter_mode=None,
        key=f"word-{exchange_work.chooser()}-{name}-{said}",
    )
    if picked != now:
        others = tuple(one for one in work.choices.words if one[:2] != (name, said))
        exchange_work.choose(replace(work.choices, words=(*others, *([(name, said, picked)] if picked else []))))
        st.rerun()


def _said(meanings: Mapping[str, str], name: str, several: bool, meaning: str) -> str:
    if meaning:
        return meanings[meaning]
    if several:
        return t("exchange.as_above")
    return t("imports.choice.create") if name == "lead_unit" else t("exchange.no_choice")


def _meanings(name: str, found: Preview | None) -> dict[str, str]:
    """What can be chosen for a word of this field, with its words."""
    further: Sequence[Choice] = OFFERED.get(name, AS_WELL)
    own: dict[str, str] = {}
    if name in ENUMERATIONS:
        own = {member.value: word(member) for member in ENUMERATIONS[name]}
    elif name in YES_NO:
        own = {answer: t(f"sheets.{answer}") for answer in ("yes", "no")}
    elif found and name == "grid":
        own = {grid: grid for grid in found.known.grid_names.values() if grid in found.known.grids}
    elif found and name == "building":
        own = {number: number for number in found.known.buildings}
    return own | {choice.value: t(f"imports.choice.{choice}") for choice in further}


def _made(found: Preview) -> None:
    st.markdown(f"**{t('exchange.made')}**")
    if found.new_units:
        st.markdown(t("exchange.made_units", units=plain("、".join(found.new_units))))
    if found.new_paths:
        st.markdown(t("exchange.made_paths", paths=plain("、".join(map(path_words, found.new_paths)))))
