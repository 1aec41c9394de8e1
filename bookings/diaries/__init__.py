"""What diaries reckon apart from any row: which days are shown, what lies on each of them, and where it is drawn."""
