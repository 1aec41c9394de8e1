"""Which schools are not reached, and where: arithmetic, nearness and a file of columns, pure (rule 6.3)."""
