"""Files with tables (CSV, TSV, XLSX) read strictly: every cell as text with its row and column, nothing changed silently.

``read_table(path_or_bytes)`` gives a :class:`~learnerfirst.intake.table.Sheet`; a file that is no table is an
``UnreadableFile`` that says what to do.
"""

from learnerfirst.exchange.spreadsheets.faults_file import faults_csv, rows_csv, safe_cell
from learnerfirst.exchange.spreadsheets.limits import ANY_SIZE, FOR_PAGES, Limits
from learnerfirst.exchange.spreadsheets.reading import read_table

__all__ = ["ANY_SIZE", "FOR_PAGES", "Limits", "faults_csv", "read_table", "rows_csv", "safe_cell"]
