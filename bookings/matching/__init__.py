"""Who could be asked: narrowed in SQL, ranked in arithmetic, each with the reasons to show (rule 6.4)."""
