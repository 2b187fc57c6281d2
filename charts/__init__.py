"""Frames to Altair: Altair stops here; palette and theme live here."""
