"""The course of the exercise that comes with grader: its files stand beside this one when it is installed."""
