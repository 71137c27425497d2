"""Read and write files: within limits, and atomically."""
