"""The register of ambassadors."""

from ambassadors.models.ambassador import Ambassador, AmbassadorEvent, Offering
from ambassadors.models.scheme import Membership, Scheme
from ambassadors.models.standing import Hold, Requirement

__all__ = ["Ambassador", "AmbassadorEvent", "Hold", "Membership", "Offering", "Requirement", "Scheme"]
