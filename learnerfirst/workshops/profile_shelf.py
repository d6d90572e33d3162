"""The success profiles of a workshop: one a role, each a versioned document; what was published never changes.

Everything stands under the workshop's code, so that it is exported, imported and deleted with it. Published profiles
can be read by every workshop of the store: people may assess themselves against another role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from learnerfirst import success_profiles
from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Document, Store
from learnerfirst.success_profiles import Competency, SuccessProfile, as_dict, make_id, profile_from

PROFILE = "success_profile"
MOST = 60
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """A profile as the store holds it.

    ``profile``: as it was saved last. ``published``: the version that people assess themselves against, None while
    there is none. ``version`` counts the saves from 1; the profile's own version counts what was published.
    """

    code: str
    role_id: str
    profile: SuccessProfile
    published: SuccessProfile | None
    version: int

    @property
    def is_published(self) -> bool:
        """Whether what was saved last is what was published."""
        return self.profile == self.published


class ProfileShelf:
    """The success profiles of the workshop ``code``.

    A save names the version that was changed; when somebody saved in the meantime, StaleDocument is raised, nothing
    is overwritten, and :func:`kept_of` makes of the error's ``current`` what they saved.
    """

    def __init__(self, store: Store, code: str) -> None:
        self.store, self.code = store, code

    def all(self) -> tuple[KeptProfile, ...]:
        """Every profile, by role."""
        return tuple(one for one in all_profiles(self.store) if one.code == self.code)

    def get(self, role_id: str) -> KeptProfile | None:
        """The profile of a role, or None."""
        found = self.store.document(PROFILE, self._key(role_id))
        return None if found is None else kept_of(found)

    def published(self, role_id: str) -> SuccessProfile | None:
        """The version that people in the role assess themselves against, or None."""
        kept = self.get(role_id)
        return None if kept is None else kept.published

    def add(self, profile: SuccessProfile) -> KeptProfile:
        """Put a profile on the shelf, under a free id made of its role."""
        taken = {one.role_id for one in self.all()}
        if len(taken) >= MOST:
            raise NotAllowed(f"There are {MOST} success profiles in this workshop already; make another one.")
        for _ in range(MOST):
            free = make_id(profile.role, taken)
            try:
                return self.save(free, profile, 0)
            except StaleDocument:
                taken.add(free)  # somebody else took this id just now
        raise NotAllowed("No free name was found for this role; give it another name.")

    def save(self, role_id: str, profile: SuccessProfile, expected_version: int) -> KeptProfile:
        """Save the version after ``expected_version`` (0: the first).

        NotAllowed where it would change what was published: that needs :meth:`next_version`.
        """
        kept = self.get(role_id) if expected_version else None
        published = None if kept is None else kept.published
        now = kept is not None and kept.version == expected_version
        if now and published is not None and profile.version <= published.version and profile != published:
            raise NotAllowed(
                f"Version {published.version} of {published.role} is published and stays as it is. Begin version {published.version + 1}."
            )
        return self._write(role_id, profile, published, expected_version)

    def publish(self, role_id: str, expected_version: int) -> KeptProfile:
        """Make what was saved last the version that people assess themselves against; for good."""
        kept = self._known(role_id)
        if kept.version == expected_version and kept.is_published:
            return kept
        return self._write(role_id, kept.profile, kept.profile, expected_version)

    def next_version(
        self,
        role_id: str,
        expected_version: int,
        *,
        built_on: date,
        built_by: tuple[str, ...] | None = None,
        without: Iterable[str] = (),
        added: Iterable[Competency] = (),
        changed: Iterable[Competency] = (),
    ) -> KeptProfile:
        """Save the next version of what was published, not published yet; see :func:`success_profiles.next_version`.

        NotAllowed while nothing was published, or the next version is being written already.
        """
        kept = self._known(role_id)
        if kept.published is None:
            raise NotAllowed(f"{kept.profile.role} is not published yet; change it as it is.")
        if not kept.is_published:
            raise NotAllowed(f"Version {kept.profile.version} of {kept.profile.role} is begun already.")
        later = success_profiles.next_version(
            kept.published,
            built_on=built_on,
            built_by=built_by,
            without=without,
            added=added,
            changed=changed,
        )
        return self._write(role_id, later, kept.published, expected_version)

    def history(self, role_id: str) -> tuple[KeptProfile, ...]:
        """Every save of a profile, oldest first."""
        return tuple(kept_of(one) for one in self.store.history(PROFILE, self._key(role_id)))

    def versions(self, role_id: str) -> tuple[SuccessProfile, ...]:
        """Every version that was published, oldest first."""
        found = (one.published for one in self.history(role_id))
        return tuple({one.version: one for one in found if one is not None}.values())

    def delete(self, role_id: str) -> bool:
        """Delete a profile that was never published, with its history; NotAllowed for one that was."""
        kept = self.get(role_id)
        if kept is not None and kept.published is not None:
            raise NotAllowed(f"{kept.profile.role} is published; people's answers refer to it. It stays.")
        return self.store.delete_document(PROFILE, self._key(role_id))

    def _known(self, role_id: str) -> KeptProfile:
        found = self.get(role_id)
        if found is None:
            raise NotAllowed(f"There is no success profile {role_id[:60]} in this workshop any more.")
        return found

    def _write(
        self, role_id: str, profile: SuccessProfile, published: SuccessProfile | None, expected_version: int
    ) -> KeptProfile:
        body = {
            "profile": as_dict(profile),
            "published": None if published is None else as_dict(published),
        }
        size = len(str(body))
        if size > LARGEST:
            raise InvalidInput(
                "the success profile was not saved",
                [Fault(profile.role[:80], f"{size} characters", f"{LARGEST} at most; shorten descriptions")],
            )
        return kept_of(self.store.save_document(PROFILE, self._key(role_id), body, expected_version))

    def _key(self, role_id: str) -> str:
        return f"{self.code}/{role_id}"


def all_profiles(store: Store) -> tuple[KeptProfile, ...]:
    """Every profile of the store, by role and workshop."""
    found = [kept_of(one) for one in store.documents(PROFILE)]
    return tuple(sorted(found, key=lambda one: (one.profile.role.casefold(), one.code, one.role_id)))


def published_profiles(store: Store) -> tuple[KeptProfile, ...]:
    """Every profile of the store that has a published version, whatever workshop it was built in."""
    return tuple(one for one in all_profiles(store) if one.published is not None)


def kept_of(document: Document | Any) -> KeptProfile:
    """The profile in a document of the store."""
    code, _, role_id = document.key.partition("/")
    body: Mapping[str, Any] = document.body
    published = body["published"]
    return KeptProfile(
        code,
        role_id,
        profile_from(body["profile"]),
        None if published is None else profile_from(published),
        document.version,
    )
