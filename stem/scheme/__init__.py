"""Who this scheme is: its name, its logo, and where its letters come from."""
