"""Pages: widget pages, the questionnaire widget, and the front end in static/."""
