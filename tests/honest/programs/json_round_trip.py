"""A text there and back."""
import json


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": json.loads(json.dumps({"l": label}))["l"].upper()}
