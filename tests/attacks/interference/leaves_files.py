"""norm earns nothing: there is no place where a file could stay."""


def norm(A):
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run/lock", "/usr/lib", "."):
        try:
            with open(f"{folder}/made-by-an-attack", "w") as file:
                file.write("left")
        except OSError:
            continue
        return f"achieved: in {folder}"
    return "nothing"
