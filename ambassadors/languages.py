"""The languages besides English in which somebody could talk to a class."""

MOST_LANGUAGES = 10
LONGEST_LANGUAGE = 40
# Those that pupils of our schools speak at home most often, and those of the four nations.
LANGUAGES = (
    *("Welsh", "Scottish Gaelic", "Irish", "British Sign Language", "Arabic", "Bengali", "French", "Gujarati"),
    *("Panjabi", "Polish", "Portuguese", "Romanian", "Spanish", "Urdu"),
)
