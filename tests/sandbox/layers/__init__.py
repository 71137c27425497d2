"""Tests of the isolation layers; what they do to a process is tried in fresh interpreters."""
