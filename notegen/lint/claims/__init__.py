"""What a text claims that the facts deny, one module for each kind of claim; nothing is claimed where facts are silent.

Each module has a function from words and knowledge to claims. They look for a claim only where the text speaks of the
sale or of a thing that the facts describe: a weekday may be of another event, a colour of another thing.
"""

from notegen.lint.claims.adjectives import adjectives
from notegen.lint.claims.claim import Claim
from notegen.lint.claims.counts import counts
from notegen.lint.claims.days import days
from notegen.lint.claims.features import features
from notegen.lint.claims.places import places
from notegen.lint.claims.prices import prices
from notegen.lint.claims.spans import spans_of_time
from notegen.lint.claims.things import things

ALL = (adjectives, things, days, spans_of_time, counts, prices, features, places)

__all__ = ["ALL", "Claim", "spans_of_time"]
