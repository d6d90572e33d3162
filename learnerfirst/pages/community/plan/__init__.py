"""The step "plan": purpose, goals, rhythm, place, start, what is missing and what may go wrong."""
