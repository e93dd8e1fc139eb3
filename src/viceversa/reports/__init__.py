"""Reports: what a person gets to keep, as a page and as a PDF.

``report = reports.open(person, edition)`` is the first cell of a report's notebook. The notebook
is filled for one person at a time, in a kernel of their own (`filling`), becomes one page
(`page`) and a tagged PDF (`pdf`), and is kept where only its readers get it (`keeping`); `batch`
does that for many.
"""

from viceversa.reports.report import Report, open

__all__ = ["Report", "open"]
