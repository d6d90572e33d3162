"""Files that leave the workbook for other programs: a calendar, a sheet of paper."""
