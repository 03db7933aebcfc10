"""When enough customers are done for `--limit`."""

from hypothesis import given
from hypothesis import strategies as st

from notegen.batch.preparing import Enough


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 20), st.randoms())
def test_enough_is_counted_without_a_gap_from_the_first_gang(sizes: list[int], limit: int, random) -> None:
    order = list(range(len(sizes)))
    random.shuffle(order)
    enough = Enough(limit)
    done: set[int] = set()
    for number in order:
        enough.add(number, sizes[number])
        done.add(number)
        first = 0
        while first in done:
            first += 1
        assert enough.reached == (sum(sizes[:first]) >= limit)


def test_without_a_limit_it_is_never_enough() -> None:
    enough = Enough(None)
    enough.add(0, 1000)
    assert not enough.reached
