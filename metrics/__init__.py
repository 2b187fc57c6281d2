"""Figures: pure functions from frames to numbers. They know no database and no screen."""
