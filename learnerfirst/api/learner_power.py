"""The learner-power quiz: where one sheet, a room and a pulse stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from learnerfirst.content import learner_power_content
from learnerfirst.learner_power import GroupPlacement, Placement, PulseResult, score, summarise
from learnerfirst.learner_power import score_pulse as score_pulse_by

Answers = Mapping[str, Mapping[str, str]]
Topics = Mapping[str, Mapping[str, object]]


def score_learner_power(answers: Answers, topics: Topics | None = None) -> Placement:
    """Where one answer sheet stands on the learner-power continuum, where it wants to be, and what follows.

    Parameters
    ----------
    answers : ``{question_id: {"today": option_id, "wanted": option_id}}``
        Any of the 18 items of ``load_questionnaire("learner_power")``, in any order. "Same as today" is today's
        option id; an absent key is "can't say". Answers to topics may stand among them, as ``topic_<id>``.
    topics : ``{topic_id: {"compulsory": bool, "tracked": bool, "today": option_id, "wanted": option_id}}``
        What is known about topics; every key may be absent, an own topic has a "name" as well.

    Scores run from 0 (Embedded) to 3 (Unfacilitated). An option counts 0-3 by its place; a dimension is the mean of
    its answered items; the position is the mean of the answered dimensions; the stage is the nearest one (boundaries
    0.5, 1.5, 2.5; a tie goes to the lower); the band is what leaving out any one dimension gives. Facilitated needs
    trust and leaders at 1.5, Unfacilitated also trust and champions at 2: a gate that fails names the stage below,
    today only, never under Blended. Rules and texts are our own; the idea of the continuum and the names of its
    stages are Kineo's. Not yet validated.

    Raises InvalidAnswers, naming everything that does not fit the questionnaire, and IncompleteAnswers, naming
    (``missing``) the dimensions that lack an answer: seven of nine are needed, trust and leaders among them, today,
    and wanted as well unless nothing was wanted.

    A worked example: who sets 1, trust 0.5, motivation 2.5, leaders 2, sharing 2.5, champions 2, time 3, places
    2.5, curation 2. They add up to 18, so the position is 18 / 9 = 2; without time it is 15 / 8, without trust
    17.5 / 8. The average says Facilitated; trust fails its gate.

    >>> items = {"direction_1": "b", "trust_1": "e", "trust_2": "b", "motivation_1": "f", "motivation_2": "u",
    ...          "leaders_1": "f", "sharing_1": "f", "sharing_2": "u", "champions_1": "f", "time_1": "u",
    ...          "places_1": "u", "places_2": "f", "curation_1": "f"}
    >>> today = score_learner_power({item: {"today": option} for item, option in items.items()}).today
    >>> today.score, round(today.low, 2), round(today.high, 2)
    (2.0, 1.88, 2.19)
    >>> today.by_average.value, today.stage.value, today.failed_gates, today.between, today.firmness
    ('facilitated', 'blended', ('trust',), None, 'mixed')

    A second one, by hand: seven dimensions, all at 1 but motivation at 0 and leaders at 2, so (5 x 1 + 0 + 2) / 7
    = 1; without motivation 7 / 6, without leaders 5 / 6. Wanted: motivation 2, the rest as today, so 9 / 7.

    >>> items = {"direction_1": "b", "motivation_1": "e", "trust_1": "b", "leaders_1": "f", "sharing_1": "b",
    ...          "champions_1": "b", "time_1": "b"}
    >>> sheet = {item: {"today": option, "wanted": option} for item, option in items.items()}
    >>> sheet["motivation_1"]["wanted"] = "f"
    >>> placement = score_learner_power(sheet)
    >>> [round(number, 3) for number in (placement.today.score, placement.today.low, placement.today.high)]
    [1.0, 0.833, 1.167]
    >>> placement.today.stage.value, round(placement.wanted.score, 3), placement.held_back_by
    ('blended', 1.286, ('motivation',))
    """
    return score(answers, learner_power_content(), topics)


def summarise_learner_power(
    list_of_answers: Iterable[Answers],
    stands_for: str = "itself",
    seed: int = 0,
    topics: Topics | None = None,
) -> GroupPlacement:
    """Where a room stands: mean of positions, agreement by dimension, alarms, what to talk about first.

    Parameters
    ----------
    list_of_answers : one mapping per person, each as for :func:`score_learner_power`
        A sheet with too few answers for a position is counted (``incomplete``) and left out; one on which too little
        was wanted counts for today only.
    stands_for : "itself" (no interval) or "larger"
        For a larger group the positions carry a 90 % interval: by Student's t under 30 people, by a percentile
        bootstrap of 2,000 resamples from 30 on.
    seed : seed of the bootstrap; the same answers in any order give the same interval.
    topics : as for :func:`score_learner_power`.

    Gives exact numbers from the caller's own answers; pages show them through ``learnerfirst.privacy``. ``r_wg``
    (James, Demaree & Wolf 1984; 0-1) is a number from ten people on, below that in words: "close" from 0.7,
    "split" where a third stands under 1 and a third over 2, else "spread".

    Raises InvalidAnswers with the faults of all sheets, IncompleteAnswers if no sheet is complete, InvalidInput if
    ``stands_for`` is neither.

    >>> items = ("direction_1", "motivation_1", "trust_1", "leaders_1", "sharing_1", "champions_1", "time_1")
    >>> room = [{item: {"today": option} for item in items} for option in ("e", "b", "b", "f")]
    >>> group = summarise_learner_power(room, stands_for="larger")
    >>> group.n, group.today.score, [round(end, 2) for end in group.today.interval]
    (4, 1.0, [0.04, 1.96])
    >>> group.dimensions["trust"].agreement, group.gate_alarms, group.straight_lining
    ('spread', (), 4)
    """
    return summarise(list_of_answers, learner_power_content(), stands_for, seed, topics)


def score_pulse(answers: Answers) -> PulseResult:
    """The pulse (five items now and then) by dimension: means of 0-3, None where not answered. Never a stage.

    ``answers`` as for :func:`score_learner_power`; any of its items may be among them. Raises InvalidAnswers.

    >>> pulse = score_pulse({"trust_1": {"today": "f"}, "sharing_1": {"today": "b", "wanted": "u"}})
    >>> pulse.today["trust"], pulse.today["time"], pulse.wanted["sharing"]
    (2.0, None, 3.0)
    """
    return score_pulse_by(answers, learner_power_content())
