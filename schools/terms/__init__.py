"""When a school is open: reckoned, read and compared without a row (rules T-01 to T-06, T-10, T-11)."""
