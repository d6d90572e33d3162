"""The working agreement of a community: drafted by the facilitator, asked on phones, adopted by the group.

What people said is about the work: unnamed, by sentence, from two people on, and only once the round is closed, so
that nobody can watch who said what. Beside the plan stay the draft and counts alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from learnerfirst.communities import CommunityPlan, Method
from learnerfirst.content import texts
from learnerfirst.errors import Fault, InvalidInput, StaleDocument
from learnerfirst.workshops.community_shelf import CommunityShelf, KeptCommunity
from learnerfirst.workshops.pockets import FEWEST_ABOUT_WORK
from learnerfirst.workshops.values import Activity

PURPOSE, NOTE = "agreement", "agreed"
FINE, CHANGE, WORDS, SHEET = "fine", "change", "words", "sheet"
MOST, LONGEST, LONGEST_WORDS = 12, 240, 400


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as it was asked; how many can live with it, and how many would change it."""

    text: str
    fine: int
    change: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What a closed round says. ``people`` answered; ``fine`` of them would change no sentence. ``words``: what was written, sorted."""

    people: int
    fine: int
    sentences: tuple[Judged, ...]
    words: tuple[str, ...]

    @property
    def disputed(self) -> tuple[Judged, ...]:
        """The sentences that somebody would change, those that most would change first."""
        return tuple(sorted((one for one in self.sentences if one.change), key=lambda one: -one.change))


@dataclass(frozen=True, slots=True)
class Adopted:
    """How an agreement was adopted, in counts: ``accepted`` of ``asked`` who answered would change nothing, of ``members``.

    ``asked`` is 0 where it was talked through aloud.
    """

    day: str
    members: int
    accepted: int = 0
    asked: int = 0


class CommunityAgreement:
    """The agreement of one community of the workshop ``code``; ``workshops`` is a :class:`Workshops`."""

    def __init__(self, workshops: Any, code: str, community_id: str) -> None:
        self.workshops, self.code, self.community_id = workshops, code, community_id
        self.shelf = CommunityShelf(workshops, code)

    # -- before it is asked

    def draft(self, plan: CommunityPlan, method: Method) -> str:
        """The sentences that are being worked on, one a line: the draft, else what was adopted, else the content's."""
        return _draft(self._note(), plan, method)

    def save_draft(self, before: str, after: str, plan: CommunityPlan, method: Method) -> None:
        """Keep a draft; a blank one gives the sentences back that stood there before there was one.

        StaleDocument where somebody else changed it since ``before``.
        """

        def changed(note: Mapping[str, Any]) -> Mapping[str, Any]:
            if _draft(note, plan, method) not in (before, after):
                raise StaleDocument("Somebody changed these sentences in the meantime.")
            others = {key: value for key, value in note.items() if key != "draft"}
            return {**others, "draft": after} if after.strip() else others

        self.shelf.change_note(NOTE, self.community_id, changed)

    # -- on phones

    @property
    def round(self) -> Activity | None:
        """The newest round, or None."""
        found: Activity | None = self.workshops.get(self.code).newest(PURPOSE, self.community_id)
        return found

    def open(self, name: str, sentences: Sequence[str]) -> Activity:
        """Ask members what they can live with; the same sentences again go on with the last round.

        NotAllowed while another thing is asked by code.
        """
        found = self.round
        number = len(self.workshops.get(self.code).with_purpose(PURPOSE, self.community_id))
        same = found is not None and self.asked(found) == _plain(sentences)
        body = agreement_sheet(name, sentences, str(number if same else number + 1))
        stored = self.workshops.put_questionnaire(self.code, f"agree_{self.community_id}"[:40], body)
        opened: Activity = self.workshops.open_activity(
            self.code, stored, purpose=PURPOSE, about=self.community_id
        )
        return opened

    def asked(self, activity: Activity | None) -> tuple[str, ...]:
        """The sentences of a round; () where there is none."""
        if activity is None:
            return ()
        quiz = self.workshops.questionnaire(self.code, activity.id)
        return tuple(one.stem for one in quiz.questions if one.kind == "single")

    def heard(self) -> Heard | None:
        """What the newest round says; None while it is open, and under two people."""
        found = self.round
        if found is None or found.state == "open":
            return None
        if self.workshops.count(self.code, found.id) < FEWEST_ABOUT_WORK:
            return None
        return heard_from(self.asked(found), self.workshops.work_answers(self.code, found.id))

    # -- adopting it

    def adopt(self, before: tuple[str, ...], sentences: tuple[str, ...]) -> KeptCommunity:
        """Write it into the plan, in the place of ``before``; StaleDocument where somebody adopted another one since.

        Counts are kept of a round that asked these very sentences; else it was talked through aloud.
        """
        kept = self.shelf.save_part(self.community_id, "agreement", before, sentences)
        told = self.heard() if self.asked(self.round) == _plain(sentences) else None
        accepted = (0, 0) if told is None else (told.fine, told.people)
        adopted = Adopted(self.workshops.today().isoformat(), kept.plan.size, *accepted)

        def noted(note: Mapping[str, Any]) -> Mapping[str, Any]:
            stays = note.get("draft") not in (None, "\n".join(sentences))  # somebody works on it already
            return {"adopted": asdict(adopted)} | ({"draft": note["draft"]} if stays else {})

        self.shelf.change_note(NOTE, self.community_id, noted)
        return kept

    def adopted(self) -> Adopted | None:
        """How it was adopted, or None."""
        found = self._note().get("adopted")
        return None if found is None else Adopted(**found)

    def _note(self) -> Mapping[str, Any]:
        return self.shelf.note(NOTE, self.community_id)


def sentences_from(text: str) -> tuple[str, ...]:
    """The sentences of a text, one a line; InvalidInput names every line that does not fit.

    >>> sentences_from(" We help each other. \\n\\nEverybody gets a turn.")
    ('We help each other.', 'Everybody gets a turn.')
    """
    found = tuple(line.strip() for line in text.splitlines() if line.strip())
    faults = [
        Fault(f"line {number}", f"{len(line)} characters", f"{LONGEST} at most; say it shorter")
        for number, line in enumerate(found, 1)
        if len(line) > LONGEST
    ]
    if not 1 <= len(found) <= MOST:
        faults.append(Fault("sentences", f"{len(found)} lines", f"1 to {MOST}, one sentence a line"))
    if len(set(found)) < len(found):
        faults.append(Fault("sentences", "one of them twice", "each once"))
    if faults:
        raise InvalidInput("the agreement does not fit yet", faults)
    return found


def agreement_sheet(name: str, sentences: Sequence[str], version: str = "1") -> dict[str, Any]:
    """The sheet: for each sentence whether one can live with it, and one field for words; nothing is needed."""
    words = texts("community_agreement")
    options = [{"id": key, "text": words[key]} for key in (FINE, CHANGE)]
    asked: list[dict[str, Any]] = [
        {"id": f"s{number}", "kind": "single", "stem": stem, "options": options}
        for number, stem in enumerate(_plain(sentences), 1)
    ]
    free = {"id": WORDS, "kind": "long_text", "stem": words["words"], "help": words["words_help"]}
    asked.append({**free, "max_length": LONGEST_WORDS})
    title = words["title"].format(name=_plain([name])[0])
    return {
        "id": PURPOSE,
        "version": version,
        "language": words["language"],
        "title": title,
        "layout": "quick",
        "sections": [
            {"id": SHEET, "title": title, "intro": words["intro"]}
        ],  # a quick sheet has no intro of its own
        "questions": [{**one, "section": SHEET} for one in asked],
    }


def heard_from(sentences: Sequence[str], sheets: Sequence[Mapping[str, Any]]) -> Heard:
    """Counts by sentence, and the words, in an order that follows from what they say.

    >>> found = heard_from(["We help."], [{"s1": "change", "words": "All of us?"}, {"s1": "fine"}])
    >>> found.fine, found.sentences[0].change, found.words
    (1, 1, ('All of us?',))
    """
    judged = []
    for number, text in enumerate(sentences, 1):
        said = [sheet.get(f"s{number}") for sheet in sheets]
        judged.append(Judged(text, said.count(FINE), said.count(CHANGE)))
    written = (str(sheet.get(WORDS) or "").strip() for sheet in sheets)
    fine = sum(CHANGE not in sheet.values() and FINE in sheet.values() for sheet in sheets)
    words = tuple(sorted((one for one in written if one), key=lambda one: (one.casefold(), one)))
    return Heard(len(sheets), fine, tuple(judged), words)


def _draft(note: Mapping[str, Any], plan: CommunityPlan, method: Method) -> str:
    return str(note.get("draft") or "\n".join(plan.agreement or method.agreement))


def _plain(sentences: Sequence[str]) -> tuple[str, ...]:
    """What a questionnaire would fill in stays what was typed: braces become brackets."""
    return tuple(one.replace("{", "(").replace("}", ")") for one in sentences)
