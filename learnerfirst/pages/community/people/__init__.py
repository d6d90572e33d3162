"""The step "people": introductions and their wall, icebreakers, the working agreement."""
