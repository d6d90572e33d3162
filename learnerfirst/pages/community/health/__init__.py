"""The step "health": the monthly look, the first year, counts of a forum or chat."""
