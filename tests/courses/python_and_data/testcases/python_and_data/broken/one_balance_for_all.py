"""Keeps one balance for all accounts."""

BALANCE = {}


def account(balance):
    BALANCE["money"] = balance

    def pay(amount):
        if BALANCE["money"] + amount >= 0:
            BALANCE["money"] += amount
        return BALANCE["money"]

    return pay
