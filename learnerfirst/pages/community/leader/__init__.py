"""The step "leader": who stands, a secret vote, the count, taking over."""
