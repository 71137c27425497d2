"""Plain values that stand for objects: named tuples, dataclasses, ranges, polynomials and data frames."""
