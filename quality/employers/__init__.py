"""What an employer is told of the visits of its people: which people, what is counted, and how it is read."""
