"""The step "meetings": the cycle, meeting by meeting, two taps and lessons."""
