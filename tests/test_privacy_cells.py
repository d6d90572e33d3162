"""Tables of groups: attacked by an audit that shares no code with the algorithm.

The audit works on persons, with floating-point SVD, from what a release shows and nothing else: it looks at every
cell of any combination of attributes, and at every group that can be put together from the finest ones by adding
or subtracting, with one to four people.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from learnerfirst import content
from learnerfirst.errors import NotAllowed
from learnerfirst.privacy import Asked, Measure, Published, Table, release
from learnerfirst.privacy.bands import band
from learnerfirst.privacy.choose import choose
from learnerfirst.privacy.null_space import PRIME, null_space
from learnerfirst.privacy.small_groups import small_groups

SITES = {"department": 5, "location": 3, "level": 3}
Attributes = Mapping[str, str]
People = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def texts() -> Mapping[str, Any]:
    return content.texts("privacy")


def organisation(
    seed: int, least: int = 30, most: int = 80, values: Mapping[str, int] = SITES, *, even: bool = False
) -> People:
    """People with attributes drawn independently; values of one attribute are equally frequent, or far from it."""
    chance = np.random.default_rng(seed)
    n = int(chance.integers(least, most + 1))
    drawn = {
        name: chance.choice(
            size, n, p=np.full(size, 1 / size) if even else chance.dirichlet(np.full(size, 3.0))
        )
        for name, size in values.items()
    }
    return {f"p{number}": {name: str(drawn[name][number]) for name in values} for number in range(n)}


def show(
    people: People,
    texts: Mapping[str, Any],
    ledger: Sequence[Mapping[str, Any]] = (),
    answers: Mapping[str, str] | None = None,
    **more: Any,
) -> Published:
    members = dict.fromkeys(people, "1") | dict(answers or {})
    asked = Asked("BCDF/x", members, date(2026, 11, 22), table=Table(people, **more))
    return release(asked, ledger, texts, salt="salt")


def shown(published: Published) -> list[dict[str, Any]]:
    return [cell for cell in published.body["cells"] if cell["n"] is not None]


# -- the audit


def who(people: People, attributes: Attributes) -> frozenset[str]:
    return frozenset(name for name, own in people.items() if own.items() >= attributes.items())


def finest(moments: Sequence[People]) -> list[frozenset[str]]:
    """Groups of people whom no attribute at any moment tells apart."""
    groups = defaultdict(set)
    for name in {name for people in moments for name in people}:
        groups[json.dumps([people.get(name) for people in moments])].add(name)
    return [frozenset(group) for group in groups.values()]


def small_lattice_cells(people: People) -> set[frozenset[str]]:
    names = sorted(next(iter(people.values())))
    groups = defaultdict(set)
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            for name, own in people.items():
                groups[tuple((each, own[each]) for each in chosen)].add(name)
    return {frozenset(group) for group in groups.values() if len(group) < 5}


def derivable(releases: Sequence[tuple[People, Sequence[Attributes]]]) -> list[list[frozenset[str]]]:
    """Every group of one to four people that is a linear combination of the cells that were shown."""
    everybody = sorted({name for people, _cells in releases for name in people})

    def vectors(groups: Sequence[frozenset[str]]) -> np.ndarray:
        rows = [[person in group for person in everybody] for group in groups]
        return np.array(rows, dtype=float).reshape(len(groups), len(everybody))

    rows = vectors([who(people, cell) for people, cells in releases for cell in cells])
    _left, values, right = np.linalg.svd(rows)
    unknown = right[int((values > 1e-9 * values.max(initial=1)).sum()) :].T
    cells = [cell for people, _cells in releases for cell in small_lattice_cells(people)]
    found = [[cells[place]] for place in np.flatnonzero(np.abs(vectors(cells) @ unknown).max(axis=1) < 1e-7)]
    few = [group for group in finest([people for people, _cells in releases]) if len(group) < 5]
    sizes, left = np.array([len(group) for group in few]), vectors(few) @ unknown
    for size in range(1, 5):
        parts = np.array(list(combinations(range(len(few)), size)), dtype=int).reshape(-1, size)
        parts = parts[sizes[parts].sum(axis=1) < 5]
        for signs in product((1, -1), repeat=size - 1):
            rest = np.einsum("s,gsu->gu", np.array((1.0, *signs)), left[parts])
            hits = parts[np.abs(rest).max(axis=1, initial=0) < 1e-7]
            found += [[few[place] for place in hit] for hit in hits]
    return found


def cells_of(published: Published) -> list[Attributes]:
    return [cell["attributes"] for cell in shown(published)]


def test_the_audit_finds_what_the_minimum_of_five_gives_away() -> None:
    """Else its silence would say nothing."""
    found = 0
    for seed in range(10):
        people = organisation(seed)
        kinds = [(), *((name,) for name in SITES), *combinations(SITES, 2)]
        cells = [
            dict(zip(kind, values, strict=True))
            for kind in kinds
            for values in product(*({own[name] for own in people.values()} for name in kind))
        ]
        found += bool(derivable([(people, [cell for cell in cells if len(who(people, cell)) >= 5])]))
    assert found == 10


# -- one release


@pytest.mark.parametrize("even", [True, False])
def test_nothing_under_five_can_be_worked_out_and_a_third_of_the_cells_is_shown(even: bool, texts) -> None:
    wanted, one_way = [], []
    for seed in range(20):
        people = organisation(seed, even=even)
        published = show(people, texts)
        assert derivable([(people, cells_of(published))]) == []
        for cell in shown(published):
            assert cell["n"] == len(who(people, cell["attributes"])) >= 5
        wanted.append(len(shown(published)) / 51)
        one_way.append(sum(len(cell["attributes"]) == 1 for cell in shown(published)) / 11)
    assert np.mean(wanted) >= 0.35
    assert np.mean(one_way) >= 0.80


def test_a_release_of_eighty_people_takes_a_fifth_of_a_second_at_most(texts) -> None:
    people = organisation(3, 80, 80)
    show(people, texts)
    times = []
    for _try in range(3):
        start = time.process_time()
        show(people, texts)
        times.append(time.process_time() - start)
    assert min(times) <= 0.2


def test_two_thousand_people_see_nearly_all_cells(texts) -> None:
    people = organisation(1, 2000, 2000, even=True)
    assert len(shown(show(people, texts))) >= 0.98 * 51


def test_two_thousand_people_in_a_thousand_combinations_see_97_percent_of_what_holds_five(texts) -> None:
    values = {"department": 20, "location": 10, "level": 5}
    people = organisation(1, 2000, 2000, values, even=True)
    published = show(people, texts)
    enough = sum(len(who(people, cell["attributes"])) >= 5 for cell in published.body["cells"])
    assert len(shown(published)) >= 0.97 * enough


def test_the_same_seed_gives_the_same_choice_and_the_order_of_people_does_not_matter(texts) -> None:
    people = organisation(7)
    turned = dict(reversed(people.items()))
    assert show(people, texts, seed=4).body == show(turned, texts, seed=4).body


def test_cells_are_chosen_by_their_sizes_and_never_by_what_was_measured(texts) -> None:
    people = organisation(5)
    none = {"likes": Measure(dict.fromkeys(people, 0))}
    some = {"likes": Measure({name: number % 2 for number, name in enumerate(people)})}
    assert cells_of(show(people, texts, measures=none)) == cells_of(show(people, texts, measures=some))


def test_rather_not_say_is_in_the_total_and_in_no_group(texts) -> None:
    people = {f"p{n}": {"site": "A" if n < 8 else "B" if n < 16 else None} for n in range(22)}
    assert {tuple(cell["attributes"].values()): cell["n"] for cell in shown(show(people, texts))} == {
        (): 22,
        ("A",): 8,
        ("B",): 8,
    }
    fewer = {name: own for name, own in people.items() if name != "p20" and name != "p21"}
    assert len(shown(show(fewer, texts))) == 2, "four who would rather not say are not the total less A and B"


def test_hidden_cells_say_why_and_what_would_help(texts) -> None:
    people = {f"p{n}": {"site": "A" if n < 9 else "B" if n < 12 else "C"} for n in range(18)}
    cells = {cell["attributes"].get("site"): cell for cell in show(people, texts).body["cells"]}
    assert (cells[None]["n"], cells["A"]["n"], cells["B"]["n"], cells["C"]["n"]) == (18, 9, None, None)
    assert cells["B"]["hidden"] == texts["small_group"]
    assert cells["C"]["hidden"] == texts["complement"]


def test_what_is_worth_more_is_shown_first(texts) -> None:
    people = {f"p{n}": {"site": "A" if n < 9 else "B" if n < 12 else "C"} for n in range(18)}
    only = show(people, texts, wanted={("site",): 1.0})
    assert len(shown(only)) == 2, "without the total both large groups may be shown"


# -- several releases of the same people


def later(people: People, seed: int, joiners: int, leavers: int = 0) -> People:
    chance = np.random.default_rng(1000 + seed)
    left = dict(list(people.items())[leavers:])
    for number in range(joiners):
        left[f"new{number}"] = {name: str(chance.integers(size)) for name, size in SITES.items()}
    return left


def test_two_joiners_are_not_found_by_comparing_two_releases(texts) -> None:
    leaks = 0
    for seed in range(10):
        first, second = organisation(seed), later(organisation(seed), seed, joiners=2)
        one = show(first, texts)
        alone, beside = show(second, texts), show(second, texts, [one.entry])
        leaks += bool(derivable([(first, cells_of(one)), (second, cells_of(alone))]))
        assert derivable([(first, cells_of(one)), (second, cells_of(beside))]) == []
    assert leaks == 10, "without the ledger everybody's second release gives somebody away"


def test_three_waves_with_people_who_come_go_and_come_back_give_nothing_away(texts) -> None:
    first = organisation(11, 60, 60)
    waves = [first, later(first, 1, joiners=9, leavers=7), later(first, 2, joiners=3)]
    ledger: list[dict[str, Any]] = []
    releases = []
    for number, people in enumerate(waves):
        published = show(people, texts, ledger, wave=str(number))
        ledger += [json.loads(json.dumps(published.entry))] if published.entry else []
        releases.append((people, cells_of(published)))
    assert derivable(releases) == []
    assert len(releases[0][1]) > 10
    assert {(entry["wave"], len(entry["members"])) for entry in ledger} >= {("0", 60)}


def test_filters_and_charts_of_the_same_people_share_one_ledger(texts) -> None:
    """All, only one location, only those who answered one question: each fine alone, together checked."""
    people = organisation(12, 70, 70)
    parts = [people]
    parts.append({name: own for name, own in people.items() if own["location"] != "2"})
    parts.append(dict(list(people.items())[3:]))
    ledger, releases = [], []
    for part in parts:
        published = show(part, texts, ledger)
        ledger += [published.entry] if published.entry else []
        releases.append((part, cells_of(published)))
    assert derivable(releases) == []


def test_what_was_shown_of_the_same_people_may_be_shown_again(texts) -> None:
    people = organisation(13)
    one = show(people, texts)
    again = show(people, texts, [one.entry])
    assert cells_of(again) == cells_of(one)


@pytest.mark.parametrize(("corrected", "same"), [(0, True), (1, False), (3, False), (4, False), (5, True)])
def test_a_correction_by_few_is_not_shown_by_comparing(corrected: int, same: bool, texts) -> None:
    people = organisation(14, 60, 60, even=True)
    one = show(people, texts)
    changed = {f"p{number}": "2" for number in range(corrected)}
    again = show(people, texts, [one.entry], changed)
    assert ({} in cells_of(again)) is same


def test_a_whole_room_that_was_shown_counts_like_a_cell_with_everybody(texts) -> None:
    people = organisation(15, 60, 60, even=True)
    whole = {"what": "whole", "salt": "salt", "members": show(people, texts).entry["members"]}
    assert {} in cells_of(show(people, texts, [whole]))
    assert {} not in cells_of(show(later(people, 1, joiners=2), texts, [whole]))


def test_after_open_marks_or_groups_without_their_people_no_table_is_shown(texts) -> None:
    people = organisation(16)
    for what in ("marks", "split"):
        with pytest.raises(NotAllowed, match="can't be checked"):
            show(people, texts, [{"what": what, "salt": "salt", "members": {}}])
    mixed = [{"what": "whole", "salt": salt, "members": {}} for salt in ("a", "b")]
    with pytest.raises(NotAllowed, match="different keys"):
        show(people, texts, mixed)


def test_a_total_is_not_renewed_after_a_table(texts) -> None:
    people = organisation(17)
    entry = show(people, texts).entry
    asked = Asked("BCDF/x", dict.fromkeys(people, "1"), date(2026, 11, 22))
    with pytest.raises(NotAllowed, match="can't be renewed"):
        release(asked, [entry], texts, salt="other")


def test_the_ledger_names_nobody_and_all_its_entries_are_sealed_alike(texts) -> None:
    people = {f"somebody-{number}": own for number, own in enumerate(organisation(18).values())}
    one = show(people, texts).entry
    members = dict.fromkeys(people, "1")
    asked = Asked("BCDF/x", members, date(2026, 11, 22), table=Table(people))
    two = release(asked, [one], texts, salt="another salt").entry
    assert "somebody" not in json.dumps([one, two])
    assert one["members"].keys() == two["members"].keys()


# -- what was measured, as bands


def test_every_band_covers_three_sums_and_all_of_them_cover_everything() -> None:
    for n, top in product([*range(5, 45), 60, 200], (1, 3, 5)):
        bands = {band(total, n, top) for total in range(n * top + 1)}
        assert all(high - low >= 2 for low, high in bands)
        assert sum(high - low + 1 for low, high in bands) == n * top + 1
        assert all(
            low <= total <= high for total in range(n * top + 1) for low, high in [band(total, n, top)]
        )


@pytest.mark.parametrize("n", [10, 12, 19, 20, 33, 60])
def test_a_band_and_that_of_the_opposite_say_the_same(n: int) -> None:
    for total in range(n + 1):
        low, high = band(total, n)
        assert band(n - total, n) == (n - high, n - low)


def told_limits(people: People, published: Published, name: str) -> tuple[list[str], Any, Any, Any]:
    """What was told of a measure, as limits on the people of each cell; read from the body."""
    everybody = sorted(people)
    rows, low, high = [], [], []
    for cell in shown(published):
        told = cell["measures"][name]
        if told["hidden"] is None:
            inside = who(people, cell["attributes"])
            rows.append([person in inside for person in everybody])
            low.append(round(told["low"] * cell["n"]))
            high.append(round(told["high"] * cell["n"]))
    return everybody, np.array(rows, dtype=float), np.array(low), np.array(high)


def pinned(people: People, published: Published, name: str) -> list[frozenset[str]]:
    """Small cells, finest groups and persons whose count is certain, by one linear and one integer programme each."""
    everybody, rows, low, high = told_limits(people, published, name)
    found = []
    for group in small_lattice_cells(people) | set(finest([people])) | {frozenset([p]) for p in everybody}:
        aim = np.array([person in group for person in everybody], dtype=float)
        ends = [
            linprog(sign * aim, np.vstack([rows, -rows]), np.concatenate([high, -low]), bounds=(0, 1))
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        if -ends[1].fun - ends[0].fun < 1 - 1e-6:
            found.append(group)
            continue
        whole = [
            milp(
                sign * aim,
                constraints=LinearConstraint(rows, low, high),
                bounds=Bounds(0, 1),
                integrality=np.ones(len(aim)),
            )
            for sign in (1, -1)
        ]
        if round(whole[0].fun) == round(-whole[1].fun):
            found.append(group)
    return found


@pytest.mark.parametrize(("seed", "share"), [(1, 0.5), (2, 0.1), (3, 0.93), (4, 0.3)])
def test_nobodys_answer_is_pinned_by_all_bands_together(seed: int, share: float, texts) -> None:
    people = organisation(seed, 30, 50)
    chance = np.random.default_rng(seed)
    likes = {name: int(chance.random() < share) for name in people}
    published = show(people, texts, measures={"likes": Measure(likes)})
    assert pinned(people, published, "likes") == []
    told = [cell for cell in shown(published) if cell["measures"]["likes"]["hidden"] is None]
    assert len(told) >= 0.9 * len(shown(published))
    for cell in told:
        count = sum(likes[name] for name in who(people, cell["attributes"]))
        said = cell["measures"]["likes"]
        assert said["low"] * cell["n"] - 0.01 <= count <= said["high"] * cell["n"] + 0.01


def test_a_band_that_pins_somebody_is_withheld_and_says_so(texts) -> None:
    for seed in (33, 45):
        people = organisation(seed)
        chance = np.random.default_rng(seed)
        likes = {name: int(chance.random() < 0.1) for name in people}
        published = show(people, texts, measures={"likes": Measure(likes)})
        assert pinned(people, published, "likes") == []
        hidden = [
            cell["measures"]["likes"] for cell in shown(published) if cell["measures"]["likes"]["hidden"]
        ]
        assert 0 < len(hidden) < 10
        for said in hidden:
            assert said == {"low": None, "high": None, "words": None, "hidden": texts["pinned"]}


def test_means_are_told_as_bands_and_shares_in_words(texts) -> None:
    people = {f"p{n}": {"site": "A" if n < 6 else "B"} for n in range(26)}
    measures = {
        "likes": Measure({name: int(n % 2 == 0) for n, name in enumerate(people)}),
        "level": Measure({name: n % 6 for n, name in enumerate(people)}, top=5),
    }
    cells = {
        cell["attributes"].get("site"): cell["measures"]
        for cell in show(people, texts, measures=measures).body["cells"]
    }
    assert cells["A"]["likes"]["words"] == "half or more"
    assert cells["B"]["likes"]["words"].endswith("%")
    assert " to " in cells["B"]["level"]["words"]
    for site, one in product((None, "A", "B"), measures):
        assert cells[site][one]["hidden"] is None


def test_bands_of_an_earlier_release_count_too(texts) -> None:
    """The same measure, filtered: what was told of all and of most narrows the rest."""
    people = organisation(2, 50, 50, even=True)
    chance = np.random.default_rng(2)
    likes = {name: int(chance.random() < 0.9) for name in people}
    one = show(people, texts, measures={"likes": Measure(likes)})
    part = {name: own for name, own in people.items() if own["location"] != "1"}
    measures = {"likes": Measure({name: likes[name] for name in part})}
    two = show(part, texts, [json.loads(json.dumps(one.entry))], measures=measures)
    everybody, rows, low, high = told_limits(people, one, "likes")
    _names, _rows, more_low, more_high = told_limits(part, two, "likes")
    inside = [
        who(part, cell["attributes"]) for cell in shown(two) if cell["measures"]["likes"]["hidden"] is None
    ]
    rows = np.vstack([rows, *([[p in each for p in everybody]] for each in inside)])
    limits = LinearConstraint(rows, np.concatenate([low, more_low]), np.concatenate([high, more_high]))
    for group in small_lattice_cells(people):
        aim = np.array([person in group for person in everybody], dtype=float)
        ends = [
            milp(s * aim, constraints=limits, bounds=Bounds(0, 1), integrality=np.ones(len(aim))).fun
            for s in (1, -1)
        ]
        assert round(ends[0]) < round(-ends[1])


# -- what is refused


def test_a_table_needs_everybody_with_every_value_in_range(texts) -> None:
    people = organisation(19)
    with pytest.raises(NotAllowed, match="ten people"):
        show(dict(list(people.items())[:9]), texts)
    with pytest.raises(NotAllowed, match="not everybody has a value"):
        show(people, texts, measures={"likes": Measure({"p1": 1})})
    with pytest.raises(NotAllowed, match="from 0 to 1"):
        show(people, texts, measures={"likes": Measure(dict.fromkeys(people, 2))})
    with pytest.raises(NotAllowed, match="no such attribute"):
        show(people, texts, wanted={("shoe",): 1.0})
    asked = Asked("BCDF/x", {"p1": "1"} | dict.fromkeys(map(str, range(20)), "1"), date(2026, 11, 22))
    with pytest.raises(NotAllowed, match="nobody else"):
        release(replace(asked, table=Table(people)), [], texts, salt="salt")
    with pytest.raises(NotAllowed, match="small"):
        release(replace(asked, room="talk", table=Table(people)), [], texts, salt="salt")


def test_a_table_where_thousands_stand_alone_is_refused_in_words() -> None:
    with pytest.raises(NotAllowed, match="coarser attributes"):
        small_groups(np.ones(4000, dtype=int))


# -- the parts


@pytest.mark.parametrize("seed", range(6))
def test_random_vectors_say_what_exact_rank_says(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, 2, size=(6, 9))
    known = null_space(9, 6, seed)
    for number, row in enumerate(rows, 1):
        known = known.published(row)
        assert not (known.vectors @ rows[:number].T % PRIME).any()
        for group in chance.integers(-1, 2, size=(40, 9)):
            rank = np.linalg.matrix_rank(rows[:number])
            same = np.linalg.matrix_rank(np.vstack([rows[:number], group])) == rank
            assert known.derivable(group) == same


@pytest.mark.parametrize("seed", range(30))
def test_small_groups_are_found_like_by_trying_every_sign(seed: int) -> None:
    """Rows made so that combinations of one to four atoms become derivable now and then."""
    chance = np.random.default_rng(seed)
    sizes = chance.choice([1, 1, 1, 1, 2, 3, 4, 5, 9], size=9)
    rows = chance.integers(0, 2, size=(chance.integers(2, 8), 9))
    known = null_space(9, len(rows), seed)
    for row in rows:
        known = known.published(row)
    rank = np.linalg.matrix_rank(rows)
    found = False
    for signs in product((-1, 0, 1), repeat=9):
        group = np.array(signs)
        if 0 < np.abs(group) @ sizes < 5 and not found:
            found = np.linalg.matrix_rank(np.vstack([rows, group])) == rank
    assert small_groups(sizes).any_derivable(known) == found


def test_galloping_chooses_what_one_by_one_would(monkeypatch) -> None:
    from learnerfirst.privacy import choose as room
    from learnerfirst.privacy.atoms import Moment, by_person

    monkeypatch.setattr(room, "ROUNDS", 0)
    for seed in range(5):
        people = organisation(seed)
        atoms = [dict(pairs) for pairs in sorted({tuple(sorted(own.items())) for own in people.values()})]
        cells = [{}] + [{name: str(value)} for name, size in SITES.items() for value in range(size)]
        cells += [
            {a: str(x), b: str(y)}
            for a, b in combinations(SITES, 2)
            for x, y in product(range(SITES[a]), range(SITES[b]))
        ]
        picture = by_person(
            [Moment({name: atoms.index(own) for name, own in people.items()}, {}, tuple(atoms), tuple(cells))]
        )
        weights = [(4, 2, 1)[len(cell)] for cell in cells]
        n = picture.wanted @ picture.sizes
        order = sorted(range(len(cells)), key=lambda place: (-weights[place], -n[place], place))
        chosen: list[int] = []
        known, small = null_space(len(picture.sizes), len(cells), 0), small_groups(picture.sizes)
        for place in order:
            more = known.published(picture.wanted[place])
            if n[place] >= 5 and not small.any_derivable(more):
                chosen, known = [*chosen, place], more
        assert choose([picture], weights) == tuple(sorted(chosen))
