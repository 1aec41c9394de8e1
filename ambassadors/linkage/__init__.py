"""Who in the register may be one person twice: probabilistic record linkage after Fellegi and Sunter (1969). Pure.

`finding.find_pairs` is the way in; docs/decisions/0021-finding-duplicates.md says why it is as it is.
"""
