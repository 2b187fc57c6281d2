"""The head of the cases page, its first sentence, and what to do while there is no case at all."""

from html import escape

import access
import clock
from data_access import cases, places
from data_access.engine import Connection
from jobs import export_sheet
from jobs.export_sheet import Form, Made
from texts import t
from ui import case_views, parts, words
from ui.case_words import days, is_narrowed, own_name
from ui.export_button import export
from ui.links import linked
from ui.loading import load
from vocabulary.cases import Show
from vocabulary.enums import Role, Subject
from vocabulary.questions import Filters, Viewer


def head(viewer: Viewer, chosen: Filters) -> None:
    """Title, whose cases these are, badges, export."""
    parts.head(t("cases.title"), _whose(viewer), lambda: _controls(viewer, chosen))


def lead_sentence(chosen: Filters, counted: dict[Show, int]) -> None:
    """What came, what was finished, what is open, under the filters."""
    said = {show.value: words.number(count) for show, count in counted.items()}
    period = days(chosen.period) if chosen.period else t("cases.ever")
    sentence = t("cases.lead", period=period, **said)
    if chosen.period and chosen.period.until < clock.today():
        sentence += t("cases.lead_open_then", day=words.day(chosen.period.until), **said)
    else:
        sentence += t("cases.lead_open", **said)
    parts.lead((t("cases.lead_narrowed") if is_narrowed(chosen) else "") + sentence)


def none_yet(viewer: Viewer) -> None:
    """The sentence of an empty page, with the way out of it for those who have one."""
    if viewer.role is Role.UNIT:
        parts.empty(t("cases.none_unit"))
    elif "exchange" in access.pages(viewer):
        parts.empty(f"{t('cases.none_yet')} {t('cases.none_import')}")
        parts.lead(linked(escape(t("cases.go_import")), viewer, "exchange", {}))
    else:
        parts.empty(f"{t('cases.none_yet')} {t('cases.none_ask_worker')}")


def _controls(viewer: Viewer, chosen: Filters) -> None:
    case_views.views(viewer, chosen)
    _export(viewer, chosen)


def _export(viewer: Viewer, chosen: Filters) -> None:
    """The list as a file, whatever page of it is shown."""

    def made(conn: Connection, form: Form) -> Made:
        return export_sheet.cases(conn, viewer, chosen, form)

    rows = load(cases.counts, viewer, chosen)[chosen.show or Show.RECEIVED]
    export(viewer, Subject.CASES, t("cases.title"), rows, made, "cases")


def _whose(viewer: Viewer) -> str:
    if viewer.role is Role.UNIT:
        return t("cases.of_unit")
    if viewer.role is not Role.WORKER:
        return t("cases.of_all")
    grids = load(places.grids, viewer)[["id", "name", "name_en"]].iter_rows()
    names = [own_name(name, name_en) or name for grid, name, name_en in grids if grid in viewer.grids]
    return t("cases.of_grids", grids=t("cases.join").join(names)) if names else t("cases.of_waiting")
