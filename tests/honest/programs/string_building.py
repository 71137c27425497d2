"""Regular expressions, translation and numbers in texts."""
import re


def tag(parameters, label):
    letters = re.sub(r"[a-z]", lambda match: match[0].upper(), label)
    return {"W": sum([parameters["W"]] * 3), "label": "".join(sorted(letters, key=lambda c: 0))}
