"""Content on paper: blank worksheets, modules, scenarios, and all that a running order needs.

``sheets(library, name)`` gives what there is to print for a name: each a page that stands by
itself, which `viceversa.reports.pdf` turns into a tagged PDF. How a field of each kind looks is
one macro in `template/fields.html.j2`, an activity one in `template/activities.html.j2`.
"""

from viceversa.paper.sheets import Sheet, names, sheets

__all__ = ["Sheet", "names", "sheets"]
