"""The national registers of schools, read from the files in which they are published; no row of ours is touched."""
