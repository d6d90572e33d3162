"""The step "personalise": advice for this group, learning groups, groups from a list, who can what."""
