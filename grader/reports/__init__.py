"""Turns reports into what people and machines read."""
