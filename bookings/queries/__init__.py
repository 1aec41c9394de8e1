"""What pages of requests, offers and visits read, by whose page it is."""
