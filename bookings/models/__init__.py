"""The agreement between a school and an ambassador."""

from bookings.models.calendar_reply import CalendarReply
from bookings.models.coverage import Coverage
from bookings.models.feed_choice import FeedChoice
from bookings.models.invitation import Invitation, InvitationEvent, Listed
from bookings.models.kept_apart import KeptApart
from bookings.models.message import Message
from bookings.models.offer import Offer, OfferEvent, OfferTime
from bookings.models.own_visit import OwnVisit
from bookings.models.preparation import Preparation
from bookings.models.priority import Priority
from bookings.models.proposal import Agreement, Proposal, ProposalEvent
from bookings.models.reconfirmation import Reconfirmation
from bookings.models.request import PossibleTime, Request, RequestEvent
from bookings.models.reserve import Reserve
from bookings.models.risk import RiskAcceptance, RiskAssessment
from bookings.models.search import Search
from bookings.models.visit import Commitment, Seat, SeatEvent, Session, Visit, VisitEvent
from bookings.models.willing import Willing

__all__ = [
    "Agreement",
    "CalendarReply",
    "Commitment",
    "Coverage",
    "FeedChoice",
    "Invitation",
    "InvitationEvent",
    "KeptApart",
    "Listed",
    "Message",
    "Offer",
    "OfferEvent",
    "OfferTime",
    "OwnVisit",
    "PossibleTime",
    "Preparation",
    "Priority",
    "Proposal",
    "ProposalEvent",
    "Reconfirmation",
    "Request",
    "RequestEvent",
    "Reserve",
    "RiskAcceptance",
    "RiskAssessment",
    "Search",
    "Seat",
    "SeatEvent",
    "Session",
    "Visit",
    "VisitEvent",
    "Willing",
]
