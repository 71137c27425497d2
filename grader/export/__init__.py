"""Turns the results of a class into what other systems take, one module for each format."""
