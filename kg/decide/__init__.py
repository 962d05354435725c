"""Decisions over what was proposed: the only place that says what a claim is worth."""
