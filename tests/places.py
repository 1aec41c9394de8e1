"""Points whose distances a reader can check on any map."""

from stem.geography.points import Point

LEEDS = Point(53.7997, -1.5492)
YORK = Point(53.9590, -1.0815)
BRADFORD = Point(53.7950, -1.7594)
SHEFFIELD = Point(53.3811, -1.4701)
MANCHESTER = Point(53.4794, -2.2453)
LONDON = Point(51.5074, -0.1278)
GREENWICH = Point(51.4779, 0.0)
CAMBRIDGE = Point(52.2053, 0.1218)
TRURO = Point(50.2632, -5.0510)
CARDIFF = Point(51.4816, -3.1791)
GLASGOW = Point(55.8609, -4.2514)
EDINBURGH = Point(55.9533, -3.1883)
LERWICK = Point(60.1530, -1.1493)
BELFAST = Point(54.5973, -5.9301)
