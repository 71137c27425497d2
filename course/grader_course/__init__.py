"""The course of the exercises that come with grader: its files stand beside this one when it is installed."""
