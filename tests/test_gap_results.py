"""What is shown of self-assessments, attacked by an audit that shares no code with the algorithm.

The audit lists every set of answers that a small group could have given, asks the real functions what would be shown
of each, and demands that whatever is shown leaves several of them open; then that nothing else goes out than that.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from datetime import date

import pytest

from learnerfirst.content import sample_profiles, sample_self_assessments
from learnerfirst.errors import InvalidInput, NotAllowed
from learnerfirst.gaps.told import ladder_name, rungs, told_gaps
from learnerfirst.privacy.bands import band
from learnerfirst.store import open_store
from learnerfirst.success_profiles import Competency, Scale, SuccessProfile
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.gap_decisions import Decision, GapDecisions
from learnerfirst.workshops.gap_results import GapResults, limits_of
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.self_assessments import SelfAssessments
from tests.calendars import Days

ONE = SuccessProfile(
    "Clerk",
    (Competency("stock", "Knows the stock", required=2, importance=4, goal="Fewer returns"),),
    Scale(0, 3),
    built_by=("high_performers",),
    built_on=date(2026, 9, 1),
)
ANSWERS = ("0", "1", "2", "3", "not_assessed", "not_my_job")


@pytest.fixture
def workshops(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        yield Workshops(store, today=Days("2026-11-22"))


def key(number: int) -> str:
    return f"{number + 1:032x}"


def launched(workshops, profile=ONE, title="Fernhill"):
    """A workshop with this profile published, and its self-assessment open: results and the activity's id."""
    code = workshops.create(title).code
    shelf = ProfileShelf(workshops.store, code)
    kept = shelf.add(profile)
    asked = SelfAssessments(workshops, code).launch(shelf.publish(kept.role_id, kept.version))
    return GapResults(workshops, code), asked.activity.id


def sheet(value, profile=ONE):
    return {f"level_{one}": value for one in profile.ids}


def answered(workshops, values, profile=ONE):
    results, activity = launched(workshops, profile)
    for number, value in enumerate(values):
        workshops.submit(results.code, activity, key(number), sheet(value, profile))
    return results, activity


def body_of(results, activity):
    return results.workshops.released_table(results.code, activity, "gaps").body


# -- who is told, and from how many people on


@pytest.mark.parametrize("count", [0, 1, 4])
def test_under_five_people_nothing_is_shown_and_the_activity_stays_open(workshops, count):
    results, activity = answered(workshops, ["1"] * count)
    with pytest.raises(NotAllowed, match=f"{count} of at least 5 people"):
        results.reveal(activity)
    assert results.shown(activity) is None
    assert workshops.activity(results.code, activity).state == "open"
    assert workshops.store.ledger(f"{results.code}/{activity}") == []


def test_from_five_people_on_a_role_is_shown_in_words(workshops):
    results, activity = answered(workshops, ["0", "1", "1", "2", "3"])
    found = results.reveal(activity)
    assert (found.n, found.role) == (5, "Clerk")
    assert found.told[0].below == (3, 5)
    assert workshops.activity(results.code, activity).state == "closed"


def test_not_assessed_and_not_my_job_count_as_not_below_and_never_as_level_zero(workshops):
    results, activity = answered(workshops, ["3"] * 10 + ["not_assessed"] * 6 + ["not_my_job"] * 5)
    [one] = results.reveal(activity).told
    assert one.below[0] == 0
    assert one.below[1] < 5
    assert one.assessed[0] <= 10 <= one.assessed[1]
    assert one.part[0] <= 16 <= one.part[1]
    assert one.median == (3, 3)
    assert one.rds == pytest.approx(100, abs=25)


def test_where_perhaps_nobody_assessed_it_no_score_is_worked_out(workshops):
    results, activity = answered(workshops, ["not_assessed"] * 12)
    [one] = results.reveal(activity).told
    assert (one.median, one.mwds, one.interval, one.rank, one.quadrants) == (None, None, None, None, ())


# -- the audit of what one competency tells


def sets_of_answers(n):
    """Every way in which n people can be spread over the six answers, as counts."""
    for cuts in itertools.combinations(range(n + 5), 5):
        edges = (-1, *cuts, n + 5)
        yield tuple(high - low - 1 for low, high in itertools.pairwise(edges))


def counted(spread):
    """The counts of the ladder, worked out here anew: under 1, 2, 3, assessed, part of the job."""
    zero, one, two, three, not_assessed, _ = spread
    under = [zero, zero + one, zero + one + two, zero + one + two + three]
    return (*under, under[-1] + not_assessed)


@pytest.mark.parametrize("n", [5, 6, 8, 10, 13])
def test_whatever_is_shown_every_count_of_every_kind_of_answer_stays_open(n):
    shown = defaultdict(list)
    for spread in sets_of_answers(n):
        shown[tuple(band(count, n) for count in counted(spread))].append(spread)
    for told, possible in shown.items():
        for kind in range(len(ANSWERS)):
            counts = {spread[kind] for spread in possible}
            assert len(counts) >= 3, (told, ANSWERS[kind])
            own = {spread[kind] for spread in possible if spread[kind]}
            assert len(own) >= 2, (told, "who gave this answer learns how many others did")
        for some in range(1, 2 ** len(ANSWERS) - 1):
            counts = {
                sum(count for kind, count in enumerate(spread) if some >> kind & 1) for spread in possible
            }
            assert len(counts) >= 3, (told, some)


@pytest.mark.parametrize(
    "values", [["0"] * 5, ["0", "1", "2", "3", "not_my_job", "3"], ["1"] * 9 + ["3"] * 4]
)
def test_the_release_holds_the_bands_that_were_audited_and_nothing_else(workshops, values):
    results, activity = answered(workshops, values)
    results.reveal(activity)
    body = body_of(results, activity)
    assert body.keys() == {"kind", "created", "hidden", "cells"}
    [cell] = body["cells"]
    assert cell.keys() == {"attributes", "n", "measures", "hidden"}
    assert cell["attributes"] == {}
    n, limits = limits_of(body)
    spread = tuple(values.count(answer) for answer in ANSWERS)
    expected = {
        ladder_name("stock", rung): band(count, n)
        for rung, count in zip(rungs(ONE), counted(spread), strict=True)
    }
    assert limits == expected


# -- nothing but the release goes out


def alike(values):
    """Another set of answers, of other people, with the same bands."""
    spread = tuple(values.count(answer) for answer in ANSWERS)
    n = len(values)
    told = [band(count, n) for count in counted(spread)]
    for other in sets_of_answers(n):
        if other != spread and [band(count, n) for count in counted(other)] == told:
            yield [answer for answer, count in zip(ANSWERS, other, strict=True) for _ in range(count)]


@pytest.mark.parametrize("values", [["0", "1", "1", "2", "3", "3"], ["0"] * 6 + ["2"] * 4 + ["not_my_job"]])
def test_two_groups_with_the_same_bands_look_the_same_in_every_table_chart_and_file(tmp_path, values):
    others = list(alike(values))
    assert len(others) >= 10
    outputs = set()
    for number, each in enumerate([values, others[0], others[len(others) // 2], others[-1]]):
        with open_store(f"sqlite:///{tmp_path}/{number}.db", migrate=True) as store:
            workshops = Workshops(store, today=Days("2026-11-22"))
            results, activity = answered(workshops, each)
            results.reveal(activity)
            outputs.add(everything(results, activity))
    assert len(outputs) == 1


def everything(results, activity):
    """All that goes out: the release, the page in every step, charts, projector, files; without the workshop's code."""
    from tests.gaps_shown import everything_shown

    told = [json.dumps(body_of(results, activity), sort_keys=True)]
    told += everything_shown(results.workshops, results.code)
    return "\n".join(told).replace(results.code, "CODE")


# -- later


def test_late_joiners_deletions_and_a_second_release_change_nothing_that_is_shown(workshops):
    results, activity = answered(workshops, ["0", "1", "2", "3", "3", "1", "not_assessed"])
    first = results.reveal(activity)
    shown = json.dumps(body_of(results, activity))
    assert workshops.delete_mine(results.code, activity, key(0))
    workshops.reopen_activity(results.code, activity)
    workshops.submit(results.code, activity, key(50), sheet("0"))
    assert results.reveal(activity) == first
    assert json.dumps(body_of(results, activity)) == shown
    assert len(workshops.store.ledger(f"{results.code}/{activity}")) == 1


def test_the_same_people_asked_for_under_another_name_give_no_second_picture(workshops):
    """Two moments of a group that differ by one to four people are not shown beside each other."""
    from learnerfirst.gaps.told import ladders
    from learnerfirst.privacy import Measure, Table
    from learnerfirst.success_profiles import levels_from

    results, activity = answered(workshops, [*"01233211"])
    results.reveal(activity)
    workshops.delete_mine(results.code, activity, key(3))
    answers = workshops.private_answers(results.code, activity)
    people = {person: levels_from(each, ONE) for person, each in answers.items()}
    measures = {name: Measure(values) for name, values in ladders(people, ONE).items()}
    table = Table({person: {} for person in people}, measures, wanted={(): 4.0})
    [cell] = workshops.release_table(results.code, activity, "again", table).body["cells"]
    assert (cell["n"], cell["measures"]) == (None, None)


def second_round(workshops, people):
    """Eight people shown; then the next version of their profile, answered by the first ``people`` of the same."""
    results, activity = answered(workshops, [*"01233211"])
    results.reveal(activity)
    shelf = ProfileShelf(workshops.store, results.code)
    [kept] = shelf.all()
    kept = shelf.next_version(kept.role_id, kept.version, built_on=date(2026, 11, 22))
    again = results.assessments.launch(shelf.publish(kept.role_id, kept.version)).activity.id
    for number, value in enumerate([*"0123321101233"][:people]):
        workshops.submit(results.code, again, key(100 + number), sheet(value))
    return results, again


@pytest.mark.parametrize("people", [7, 9, 12])
def test_a_second_look_soon_after_by_almost_the_same_people_is_refused_and_stays_open(workshops, people):
    results, again = second_round(workshops, people)
    with pytest.raises(NotAllowed, match="Wait until five or more have joined, or until 2027-02-20"):
        results.reveal(again)
    assert results.assessments.get(again).activity.state == "open"
    assert results.shown(again) is None


@pytest.mark.parametrize(("people", "day"), [(8, "2026-11-22"), (13, "2026-11-22"), (9, "2027-02-20")])
def test_a_second_look_by_as_many_by_five_more_or_a_quarter_later_is_shown(workshops, people, day):
    results, again = second_round(workshops, people)
    workshops.today.go(day)
    assert results.reveal(again).n == people


def test_who_deletes_before_the_reveal_is_not_in_it(workshops):
    results, activity = answered(workshops, ["0"] * 6)
    workshops.delete_mine(results.code, activity, key(0))
    assert results.reveal(activity).n == 5


def test_the_ledger_holds_no_answer_and_no_pseudonym_of_the_store(workshops):
    results, activity = answered(workshops, ["0", "1", "2", "3", "3", "1"])
    results.reveal(activity)
    people = set(workshops.private_answers(results.code, activity))
    ledger = json.dumps(workshops.store.ledger(f"{results.code}/{activity}"))
    assert not any(person in ledger for person in people)


def test_a_person_s_answers_in_another_order_give_the_same_picture(tmp_path):
    bodies = []
    for number, values in enumerate((["0", "3", "1", "2", "2", "2"], ["2", "2", "2", "1", "3", "0"])):
        with open_store(f"sqlite:///{tmp_path}/{number}.db", migrate=True) as store:
            results, activity = answered(Workshops(store, today=Days("2026-11-22")), values)
            results.reveal(activity)
            bodies.append(json.dumps(body_of(results, activity)))
    assert bodies[0] == bodies[1]


# -- what follows from it


def test_true_scores_lie_in_what_is_told(workshops):
    from learnerfirst.gaps import development_priorities

    rows = sample_self_assessments()
    for profile in sample_profiles():
        mine = [row for row in rows if row["role"] == profile.role]
        people = sorted({row["person_id"] for row in mine})
        results, activity = launched(workshops, profile, profile.role)
        for number, person in enumerate(people):
            levels = {row["competency"]: row["level"] for row in mine if row["person_id"] == person}
            sent = {
                f"level_{name}": "not_assessed" if level is None else str(int(level))
                for name, level in levels.items()
            }
            workshops.submit(results.code, activity, key(number), sent)
        found = {one.competency.id: one for one in results.reveal(activity).told}
        import pandas as pd

        exact = development_priorities(pd.DataFrame(mine), pd.DataFrame(profile.frame()))
        for row in exact.to_dict("records"):
            one = found[row["competency"]]
            assert one.interval.low - 1e-9 <= row["mwds"] <= one.interval.high + 1e-9
            assert one.median[0] <= row["median_level"] <= one.median[1]
            below = round(row["share_below"] * row["n"])
            assert one.below[0] <= below <= one.below[1]
            if row["split_alarm"]:
                assert one.split
        top = exact.iloc[0]
        assert found[top["competency"]].tied


def test_the_split_that_the_mean_hides_is_told_and_no_other(workshops):
    profile = SuccessProfile("Clerk", (Competency("stock", "Stock", required=2, importance=4),), Scale(0, 5))
    results, activity = answered(workshops, ["0"] * 10 + ["4"] * 10, profile)
    assert results.reveal(activity).told[0].split == "likely"
    results, activity = answered(workshops, ["2"] * 20, profile)
    assert results.reveal(activity).told[0].split == ""


def test_scores_stay_in_their_bounds_whatever_is_told():
    for spread in sets_of_answers(7):
        limits = {
            ladder_name("stock", rung): band(count, 7)
            for rung, count in zip(rungs(ONE), counted(spread), strict=True)
        }
        [one] = told_gaps(ONE, 7, limits)
        if one.mwds is None:
            continue
        assert 4 * (2 - 3) - 1e-9 <= one.interval.low <= one.mwds <= one.interval.high <= 4 * 2 + 1e-9
        assert -100 - 1e-9 <= one.rds <= 100 + 1e-9
        assert one.median[0] <= one.median[1]


def test_sixty_competencies_and_five_hundred_people_are_shown(workshops):
    import random

    chance = random.Random(1)
    many = SuccessProfile(
        "Nurse",
        tuple(
            Competency(f"c{number}", f"Competency {number}", required=3, importance=1 + number % 5)
            for number in range(60)
        ),
    )
    results, activity = launched(workshops, many)
    levels = [*"012345", "not_assessed", "not_my_job"]
    for number in range(500):
        answers = {f"level_c{each}": chance.choice(levels) for each in range(60)}
        workshops.submit(results.code, activity, key(number), answers)
    found = results.reveal(activity)
    assert (found.n, len(found.told)) == (500, 60)
    assert all(one.rank for one in found.told)


# -- decisions


def decision(**more):
    told = {
        "role": "Clerk",
        "competency": "stock",
        "name": "Knows the stock",
        "option": "peer",
        "what": "Ask Ana",
        "owner": "Bo",
        "due": "2026-12-01",
    }
    return Decision(**{**told, **more})


def test_decisions_of_two_people_at_once_are_all_kept(workshops):
    code = workshops.create("Fernhill").code
    one, other = GapDecisions(workshops.store, code), GapDecisions(workshops.store, code)
    one.add(decision(due="2026-12-24"))
    other.add(decision(what="Build a job aid", option="job_aid"))
    assert [each.what for each in one.all()] == ["Build a job aid", "Ask Ana"]
    one.remove(1)
    other.remove(1)
    one.add(decision())
    assert [each.number for each in other.all()] == [2, 3]


def test_a_decision_with_faults_is_refused_with_all_of_them(workshops):
    code = workshops.create("Fernhill").code
    with pytest.raises(InvalidInput) as refused:
        GapDecisions(workshops.store, code).add(
            decision(owner=" ", due="soon", option="x", what="", competency="")
        )
    assert len(refused.value.faults) == 5
