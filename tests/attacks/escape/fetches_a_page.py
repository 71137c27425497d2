"""norm earns nothing: nothing is fetched and nobody is told."""

import urllib.request


def norm(A):
    with urllib.request.urlopen("http://127.0.0.1:9/", timeout=0.1) as page:
        return "achieved: " + page.read(10).decode()
