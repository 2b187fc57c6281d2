"""Links to pages of ours inside HTML, with what the page should show; only to pages that the viewer has."""

from html import escape
from urllib.parse import urlencode

import access
from texts import language
from vocabulary.questions import Viewer


def linked(html: str, viewer: Viewer, page: str, parameters: dict[str, list[str]]) -> str:
    """The HTML inside a link, or as it is when this viewer does not have the page."""
    if page not in access.pages(viewer):
        return html
    spoken = {} if language() == "zh" else {"lang": [language()]}
    query = urlencode(parameters | spoken, doseq=True)
    return f'<a href="{escape(page)}{"?" if query else ""}{escape(query)}">{html}</a>'
