"""Activities of the service centre and elsewhere, and the branches' organisation life."""

from texts import t
from ui import activities_head
from ui.activities_list import listing
from ui.activities_tables import tables
from ui.gate import enter
from ui.parts import empty, lead

viewer = enter("activities")
period = activities_head.head()
if activities_head.nothing_yet(viewer):
    empty(t("activities.none"))
else:
    lead(activities_head.sentence(viewer, period))
    activities_head.figure_cards(viewer, period)
    activities_head.calendar(viewer, period)
listing(viewer, period)
tables(viewer, period)
