"""Calendars of other people's programs: written for them, and read from them."""
