"""The sample workshop: an invented organisation, one click away, never mixed with real answers."""

from __future__ import annotations

from learnerfirst.content import learner_power_content, sample_answers, sample_organisation
from learnerfirst.content.competency_samples import sample_profiles
from learnerfirst.content.learner_samples import sample_personas
from learnerfirst.workshops.gap_results import GapResults
from learnerfirst.workshops.persona_shelf import PersonaShelf
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.sample_answers import answer_at_once
from learnerfirst.workshops.sample_assessments import open_sample_assessments
from learnerfirst.workshops.sample_community import open_sample_communities
from learnerfirst.workshops.totals import Totals
from learnerfirst.workshops.values import Workshop

FACTS = ("compulsory", "tracked")


class Samples(Totals):
    """Makes the sample, once."""

    def create_sample(self) -> Workshop:
        """Return the sample workshop, revealed, with communities, personas, success profiles and self-assessments of its people; made from ``data/samples`` when the store has none yet."""
        for workshop in self.all():
            if workshop.kind == "sample":
                return workshop
        told = sample_organisation()
        names = {topic.id: topic.name for topic in learner_power_content().topics}
        made = self.create(
            told["name"],
            referent=told["referent"],
            wanted_by=told["wanted_by"],
            kind="sample",
            stands_for=told["stands_for"],
            topics=[
                {"id": topic, "name": names[topic], **{fact: topic in told[fact] for fact in FACTS}}
                for topic in told["topics"]
            ],
        )
        open_sample_communities(self, made.code)
        activity = self.open_activity(made.code)
        answer_at_once(self, made.code, activity.id, sample_answers())
        self.reveal(made.code, activity.id)
        PersonaShelf(self.store, made.code).add_all(sample_personas())
        shelf = ProfileShelf(self.store, made.code)
        for profile in sample_profiles():
            kept = shelf.add(profile)
            shelf.publish(kept.role_id, kept.version)
        open_sample_assessments(self, made.code)
        results = GapResults(self, made.code)
        for asked in results.assessments.all():
            results.reveal(asked.activity.id)
        return self.get(made.code)
