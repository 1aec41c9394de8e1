"""What pages read beyond a scoped queryset, as read models with a known number of queries."""
