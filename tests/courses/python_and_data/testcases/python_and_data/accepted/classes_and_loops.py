"""An object that is called, an iterator of a class of its own, and loops."""


class Account:
    def __init__(self, balance):
        self.balance = balance

    def __call__(self, amount):
        if amount + self.balance < 0:
            return self.balance
        self.balance = self.balance + amount
        return self.balance


def account(balance):
    return Account(balance)


class Collatz:
    def __init__(self, n):
        self.following = n

    def __iter__(self):
        return self

    def __next__(self):
        n = self.following
        self.following = 3 * n + 1 if n % 2 else n // 2
        return n


def collatz(n):
    return Collatz(n)


def centre(x):
    m = np.mean(x)
    flat = x.reshape(-1)
    for i in range(flat.size):
        flat[i] = flat[i] - m


def anagrams(words):
    groups = {}
    for word in words:
        groups.setdefault("".join(sorted(word)), set()).add(word)
    found = set()
    for group in groups.values():
        if len(group) > 1:
            found |= group
    return found
