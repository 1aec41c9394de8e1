"""Where, for what and until when people can be asked: one table that matching reads, kept in step with the rest."""
