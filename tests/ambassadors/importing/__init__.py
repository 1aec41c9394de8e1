"""What is read from the files of other schemes."""
