"""Read the people of another scheme out of the file in which it kept them: pure, no rows and no clock."""
