"""What stands in a row of reach as bits."""

from ambassadors.assessing import Condition
from ambassadors.languages import LANGUAGES
from stem.curriculum import ACTIVITIES, Aim, Stage
from stem.masks import Mask

STAGES = Mask(Stage.values)
ACTIVITY_TYPES = Mask(ACTIVITIES)
AIMS = Mask(Aim.values)
CONDITIONS = Mask(Condition.values)
# Of what people speak, those that a school can ask for: others were typed, and are words of their own.
LANGUAGES_ASKED_FOR = Mask(LANGUAGES)
