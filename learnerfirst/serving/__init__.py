"""Serving: Voila for facilitators, a small Tornado application for participants, and their supervisor."""
