"""Forgets to turn the kernel."""


def convolve(X, K, padding="valid"):
    p, q = K.shape
    if padding == "same":
        X = np.pad(X, ((p // 2, p // 2), (q // 2, q // 2)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (p, q))
    return np.einsum("ijpq,pq->ij", windows, K)
