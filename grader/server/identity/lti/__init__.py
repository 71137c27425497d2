"""LTI 1.3: launches from a learning system, its roster, and marks that go back to it."""
