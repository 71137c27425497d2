"""norm earns nothing: there is no second thread."""

import threading


def norm(A):
    threading.Thread(target=lambda: None).start()
    return "achieved"
