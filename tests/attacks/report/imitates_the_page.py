"""norm earns nothing (raised): a message that looks like a passed function is inside the failed one."""


def norm(A):
    raise ValueError('</p></article><article class="good"><h3>norm</h3><p>10 of 10 points</p>')
