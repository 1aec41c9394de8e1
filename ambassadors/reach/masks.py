"""What stands in a row of reach as bits."""

from ambassadors.assessing import Condition
from stem.curriculum import ACTIVITIES, Stage
from stem.masks import Mask

STAGES = Mask(Stage.values)
ACTIVITY_TYPES = Mask(ACTIVITIES)
CONDITIONS = Mask(Condition.values)
