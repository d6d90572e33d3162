"""Every exception that learnerfirst raises on purpose; all derive from :class:`LearnerFirstError`.

A message says where, what was found, what is allowed, and what to do. Errors that can have several
causes at once carry them all in ``faults``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where it is, what was found, what is allowed or what to do."""

    where: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}; {self.allowed}"


class LearnerFirstError(Exception):
    """Base of all errors that this package raises on purpose."""


class FaultsError(LearnerFirstError):
    """Base of errors that report every fault at once; ``faults`` holds them in reading order.

    >>> str(FaultsError("2 faults in quiz.yaml", [Fault("id", "7", "text is allowed")]))
    '2 faults in quiz.yaml\\n- id: found 7; text is allowed'
    """

    def __init__(self, summary: str, faults: Iterable[Fault] = ()) -> None:
        self.summary = summary
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join([summary, *(f"- {fault}" for fault in self.faults)]))


class ContentError(FaultsError):
    """A content file cannot be used: missing, unreadable, or against its schema."""


class InvalidAnswers(FaultsError):
    """Answers do not fit their questionnaire: unknown ids, options out of range, text over the limit."""


class IncompleteAnswers(FaultsError):
    """Valid answers, too few of them for the result that was asked for; ``missing`` names what lacks."""

    def __init__(self, summary: str, faults: Iterable[Fault] = (), missing: Iterable[str] = ()) -> None:
        super().__init__(summary, faults)
        self.missing: tuple[str, ...] = tuple(missing)


class InvalidInput(FaultsError):
    """A function's argument is outside what its docstring allows."""


class StoreError(LearnerFirstError):
    """Base of errors of the store; nothing that was acknowledged is lost when one is raised."""


class StoreUnavailable(StoreError):
    """The store cannot be reached, or did not answer in time; try again."""


class StoreFull(StoreError):
    """There is no room to save; what was sent is not stored, what was stored before is safe."""


class StoreDamaged(StoreError):
    """The store's file fails its integrity check; restore a backup."""


class WrongStoreVersion(StoreError):
    """The store, or a file to restore, was made by another version of learnerfirst."""


class StaleDocument(StoreError):
    """Someone saved this document in the meantime; nothing was overwritten. ``current`` is what they saved."""

    def __init__(self, message: str, current: object = None) -> None:
        super().__init__(message)
        self.current = current


class UnknownCode(LearnerFirstError):
    """No workshop, quiz or activity has this code or name."""


class NotOpen(LearnerFirstError):
    """The activity exists, and takes no answers now."""


class NotAllowed(LearnerFirstError):
    """The rules of privacy or of the workshop's state forbid this; the message says which and what would help."""


class SpentCode(LearnerFirstError):
    """A one-time code was used already, or is not one of this campaign; nothing was stored."""


class ServingError(LearnerFirstError):
    """The workbook could not be started or went down; the message says what to do."""


class InvalidPersona(FaultsError):
    """A persona cannot be built: every fault of its fields, tags and values, all at once."""


class UnreadableFile(FaultsError):
    """A file cannot be read as a table: damaged, locked, of another format, or far larger than a table is."""


class FileTooLarge(UnreadableFile):
    """A file has more bytes, rows or columns than are taken here; the message says how much is."""


class InvalidBallots(InvalidInput):
    """A vote cannot be counted: every fault of every ballot, all at once."""


class ImpossibleGroups(InvalidInput):
    """No groups can be formed that keep every wish of apart and together; ``faults`` names those that contradict."""


class InvalidCommunity(FaultsError):
    """A community's plan, or a meeting of it, cannot be built: every fault of its entries, all at once."""
