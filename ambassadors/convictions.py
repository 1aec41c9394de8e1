"""Which version of our policy on convictions is in force; its words stand on a page of their own (rule V-24)."""

from datetime import date

# A change of substance is a new version: whoever signed knows by the day which one they read.
VERSION = 1
IN_FORCE_FROM = date(2026, 9, 1)
