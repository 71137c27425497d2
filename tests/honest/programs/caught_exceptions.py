"""Errors that are expected."""


def double(x):
    try:
        return x / None
    except TypeError as error:
        assert "None" in str(error)
    finally:
        print("tried")
    return 2 * x
