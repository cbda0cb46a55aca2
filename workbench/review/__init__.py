"""The whole application without a screen: a review session over one document, and the state that a screen draws."""

from workbench.review.analyst import Analyst, LocalAnalyst
from workbench.review.session import ReviewSession, utc_now
from workbench.review.state import Change, Comparison, ReviewedFinding, ReviewState

__all__ = [
    "Analyst",
    "Change",
    "Comparison",
    "LocalAnalyst",
    "ReviewSession",
    "ReviewState",
    "ReviewedFinding",
    "utc_now",
]
