"""Topics of learning: what is known about each, from the facilitator's facts and from answer sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from learnerfirst.answers import shown
from learnerfirst.errors import Fault
from learnerfirst.learner_power.parts import LearnerPowerContent, Stage
from learnerfirst.learner_power.position import stage_at
from learnerfirst.questionnaire import Question

PREFIX = "topic_"
MOST_ASKED = 3
_FLAGS = ("compulsory", "tracked")
_CHOICES = ("today", "wanted")


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """What is known about one topic; the stages are those of the overall item on it, None where not asked."""

    id: str
    name: str
    compulsory: bool = False
    tracked: bool = False
    today: Stage | None = None
    wanted: Stage | None = None

    @property
    def formal(self) -> bool:
        """Compulsory and tracked: stays formal."""
        return self.compulsory and self.tracked


def split_topics(answers: object) -> tuple[object, dict[str, object]]:
    """Answers to the nine dimensions' items, and apart from them those to ``topic_<id>`` items, by topic id.

    >>> split_topics({"trust_1": {"today": "e"}, "topic_safety": {"today": "b"}})
    ({'trust_1': {'today': 'e'}}, {'safety': {'today': 'b'}})
    """
    if not isinstance(answers, Mapping):
        return answers, {}
    items = {key: value for key, value in answers.items() if not _is_topic(key)}
    return items, {key[len(PREFIX) :]: value for key, value in answers.items() if _is_topic(key)}


def read_topics(
    topics: object, answered: Sequence[Mapping[str, object]], content: LearnerPowerContent
) -> tuple[tuple[TopicFacts, ...], list[Fault]]:
    """Facts of each topic in the order of the content (own topics last, by id), and every fault found.

    ``topics``: ``{id: {"compulsory": bool, "tracked": bool, "today": option, "wanted": option, "name": text}}``,
    every key optional; an id that content does not know needs a name. ``answered``: what each sheet answered to
    the topics' overall item; it counts where ``topics`` states no option of its own.
    """
    if topics is not None and not isinstance(topics, Mapping):
        return (), [Fault("topics", shown(topics), "a mapping of topic id to what is known about it")]
    given: Mapping[str, object] = topics or {}
    known = {topic.id: topic.name for topic in content.topics}
    options = _option_ids(content)
    faults: list[Fault] = []
    for topic, facts in given.items():
        faults += _topic_faults(topic, facts, known, options)
    for sheet in answered:
        for topic, both in sheet.items():
            if topic not in known and topic not in given:
                faults.append(Fault(f"{PREFIX}{topic}", shown(both), f"known topics: {', '.join(known)}"))
            else:
                faults += _answer_faults(f"{PREFIX}{topic}", both, options, _CHOICES)
    if faults:
        return (), faults
    order = [*known, *sorted(set(given) - set(known), key=str)]
    named = {*given, *(topic for sheet in answered for topic in sheet)}
    found = tuple(
        _facts(topic, given.get(topic), answered, known, options) for topic in order if topic in named
    )
    asked = [facts.id for facts in found if facts.today or facts.wanted]
    if len(asked) > MOST_ASKED:
        return (), [
            Fault("topics", f"answers on {len(asked)} topics", f"at most {MOST_ASKED} topics are asked about")
        ]
    return found, []


def _is_topic(key: object) -> bool:
    return isinstance(key, str) and key.startswith(PREFIX)


def _option_ids(content: LearnerPowerContent) -> tuple[str, ...]:
    item = content.questionnaire.extras.get("topic_item")
    return (item if isinstance(item, Question) else content.questionnaire.questions[0]).option_ids


def _topic_faults(
    topic: object, facts: object, known: Mapping[str, str], options: tuple[str, ...]
) -> Iterable[Fault]:
    where = f"topics.{topic if isinstance(topic, str) else shown(topic)}"
    if not isinstance(facts, Mapping):
        yield Fault(where, shown(facts), f"a mapping with any of: {', '.join((*_FLAGS, *_CHOICES, 'name'))}")
        return
    name = facts.get("name")
    if topic not in known and not (isinstance(name, str) and name.strip()):
        yield Fault(where, "no such topic", f"one of: {', '.join(known)}; or an own topic with a name")
    elif name is not None and not isinstance(name, str):
        yield Fault(f"{where}.name", shown(name), "a text")
    for flag in _FLAGS:
        if flag in facts and not isinstance(facts[flag], bool):
            yield Fault(f"{where}.{flag}", shown(facts[flag]), "true or false")
    chosen = {
        key: value for key, value in facts.items() if key not in (*_FLAGS, "name") and value is not None
    }
    yield from _answer_faults(where, chosen, options, (*_FLAGS, *_CHOICES, "name"))


def _answer_faults(
    where: str, both: object, options: tuple[str, ...], allowed: tuple[str, ...]
) -> Iterable[Fault]:
    if not isinstance(both, Mapping):
        yield Fault(where, shown(both), f"a mapping with any of: {', '.join(allowed)}")
        return
    for key, value in both.items():
        if key not in _CHOICES:
            yield Fault(f"{where}.{key}", shown(value), f"one of: {', '.join(allowed)}")
        elif not isinstance(value, str) or value not in options:
            yield Fault(f"{where}.{key}", shown(value), f"one of: {', '.join(options)}")


def _facts(
    topic: str,
    given: object,
    answered: Sequence[Mapping[str, object]],
    known: Mapping[str, str],
    options: tuple[str, ...],
) -> TopicFacts:
    facts = given if isinstance(given, Mapping) else {}
    stages: dict[str, Stage | None] = {}
    for key in _CHOICES:
        stated = facts.get(key)
        chosen = [stated] if stated else [_choice(sheet.get(topic), key) for sheet in answered]
        places = [options.index(option) for option in chosen if option]
        stages[key] = stage_at(Fraction(sum(places), len(places))) if places else None
    return TopicFacts(
        topic,
        str(facts.get("name") or known.get(topic, topic)),
        bool(facts.get("compulsory")),
        bool(facts.get("tracked")),
        stages["today"],
        stages["wanted"],
    )


def _choice(both: object, key: str) -> str | None:
    return both.get(key) if isinstance(both, Mapping) else None
