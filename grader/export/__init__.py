"""Convert the results of a class to the formats of other systems, one module for each format."""
