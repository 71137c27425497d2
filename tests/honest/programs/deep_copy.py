"""Copies of all that is handed over."""
import copy


def tag(parameters, label):
    parameters = copy.deepcopy(parameters)
    parameters["W"] *= 3
    return {"W": copy.copy(parameters["W"]), "label": label.upper()}
