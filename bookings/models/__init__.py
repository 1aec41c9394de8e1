"""The agreement between a school and an ambassador."""

from bookings.models.feed_choice import FeedChoice
from bookings.models.kept_apart import KeptApart
from bookings.models.message import Message
from bookings.models.offer import Offer, OfferEvent
from bookings.models.own_visit import OwnVisit
from bookings.models.preparation import Preparation
from bookings.models.priority import Priority
from bookings.models.proposal import Agreement, Proposal, ProposalEvent
from bookings.models.reconfirmation import Reconfirmation
from bookings.models.request import PossibleTime, Request, RequestEvent
from bookings.models.search import Search
from bookings.models.visit import Commitment, Seat, SeatEvent, Session, Visit, VisitEvent
from bookings.models.willing import Willing

__all__ = [
    "Agreement",
    "Commitment",
    "FeedChoice",
    "KeptApart",
    "Message",
    "Offer",
    "OfferEvent",
    "OwnVisit",
    "PossibleTime",
    "Preparation",
    "Priority",
    "Proposal",
    "ProposalEvent",
    "Reconfirmation",
    "Request",
    "RequestEvent",
    "Search",
    "Seat",
    "SeatEvent",
    "Session",
    "Visit",
    "VisitEvent",
    "Willing",
]
