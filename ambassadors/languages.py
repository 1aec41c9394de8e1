"""The languages besides English in which somebody could talk to a class."""

MOST_LANGUAGES = 10
LONGEST_LANGUAGE = 40
# Those of the four nations, and those that pupils of our schools speak at home most often. A school can ask for one of
# them; each has a bit in the table of reach, so that the list only ever grows at its end.
LANGUAGES = (
    *("Welsh", "Scottish Gaelic", "Irish", "British Sign Language", "Arabic", "Bengali", "French", "Gujarati"),
    *("Panjabi", "Polish", "Portuguese", "Romanian", "Spanish", "Urdu"),
)
