"""The ledger: who got which card, when, with which words; the only home of SQLite.

One file, `notegen.db` in the shop folder. A run claims its cards in one transaction, so two processes never have one
card twice; what happened to a card is never overwritten, only added to.
"""

from notegen.ledger.claims import approve as approve
from notegen.ledger.claims import begin as begin
from notegen.ledger.claims import files_of as files_of
from notegen.ledger.claims import next_name as next_name
from notegen.ledger.claims import pressed as pressed
from notegen.ledger.claims import printed as printed
from notegen.ledger.claims import run_named as run_named
from notegen.ledger.claims import runs as runs
from notegen.ledger.claims import taken as taken
from notegen.ledger.claims import unfinished as unfinished
from notegen.ledger.claims import withdraw as withdraw
from notegen.ledger.copies import backup as backup
from notegen.ledger.copies import restore as restore
from notegen.ledger.finding import alike as alike
from notegen.ledger.finding import file_at as file_at
from notegen.ledger.forgetting import erase as erase
from notegen.ledger.forgetting import held as held
from notegen.ledger.forgetting import people as people
from notegen.ledger.forgetting import scour as scour
from notegen.ledger.forgetting import scrubbed as scrubbed
from notegen.ledger.forgetting import suppress as suppress
from notegen.ledger.forgetting import unscoured as unscoured
from notegen.ledger.marking import NEXT as NEXT
from notegen.ledger.marking import mark as mark
from notegen.ledger.marking import reprinted as reprinted
from notegen.ledger.opening import FILE as FILE
from notegen.ledger.opening import Ledger as Ledger
from notegen.ledger.opening import kept_path as kept_path
from notegen.ledger.opening import open_ledger as open_ledger
from notegen.ledger.opening import read_ledger as read_ledger
from notegen.ledger.opening import whole_path as whole_path
from notegen.ledger.reading import Wanted as Wanted
from notegen.ledger.reading import counts as counts
from notegen.ledger.reading import entries as entries
from notegen.ledger.reading import events as events
from notegen.ledger.reading import knows as knows
from notegen.ledger.reading import names as names
from notegen.ledger.reading import tallies as tallies
from notegen.ledger.suppressing import suppressed as suppressed
from notegen.ledger.trouble import BusyLedger as BusyLedger
from notegen.ledger.trouble import DamagedLedger as DamagedLedger
from notegen.ledger.trouble import NewerLedger as NewerLedger
from notegen.ledger.trouble import NoLedger as NoLedger
from notegen.ledger.trouble import Suppressed as Suppressed
from notegen.ledger.trouble import Taken as Taken
from notegen.ledger.trouble import WrongState as WrongState
from notegen.ledger.verifying import verify as verify
