"""What is told of a term: reckoned once, kept as it was told, and read by whoever looks after a region or all of it."""
