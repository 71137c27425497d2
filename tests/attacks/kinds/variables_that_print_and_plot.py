"""Nothing is lost: variables may print, plot, ask and change the output."""

import sys

print("x" * 100_000)
total = float(numbers.sum())
print(total, file=sys.stderr)
sys.stdout = sys.__stdout__
largest = {"value": float(np.sort(numbers)[-1])}
