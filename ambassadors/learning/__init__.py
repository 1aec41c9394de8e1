"""Answers about courses: which version is in force, how far someone has come, and what a quiz asks next."""
