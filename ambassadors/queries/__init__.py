"""What officers read about people, made ready for pages."""
