"""What the workbook costs, in numbers: ``make bench``."""
