"""The register of ambassadors."""

from ambassadors.models.ambassador import Ambassador, AmbassadorEvent, Offering
from ambassadors.models.joining import Application, ClauseAcceptance, Photo, Referee, RefereeEvent
from ambassadors.models.scheme import Membership, Scheme
from ambassadors.models.standing import Hold, Requirement

__all__ = [
    "Ambassador",
    "AmbassadorEvent",
    "Application",
    "ClauseAcceptance",
    "Hold",
    "Membership",
    "Offering",
    "Photo",
    "Referee",
    "RefereeEvent",
    "Requirement",
    "Scheme",
]
