"""Today: what the viewer has to do, one line each, one click from the act; and the form that files a case."""

from ui import case_intake, today_lists
from ui.gate import enter
from ui.parts import empty, lead

viewer = enter("today")
today_lists.head(viewer)
case_intake.panel_when_asked(viewer)
counted = today_lists.counted(viewer)
lead(today_lists.sentence(counted))
if not counted:
    empty(today_lists.nothing())
for name, count in counted.items():
    today_lists.listed(viewer, name, count)
if counted:
    today_lists.printing()
