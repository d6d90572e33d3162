"""What helps first: a plan for one person, what to do about each gap, the nearest roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from learnerfirst.content import plan_rules
from learnerfirst.personas import Persona

if TYPE_CHECKING:
    from learnerfirst.plans import LearningPlan, NearRole, Triage
    from learnerfirst.success_profiles import SuccessProfile


def learning_plan(
    levels: Any,
    profile: Any,
    resources: Any,
    peers: Any = None,
    hours: float | None = None,
    persona: Persona | None = None,
) -> LearningPlan:
    """One person's steps towards a role, their own or another one, each with its reason.

    Parameters
    ----------
    levels : ``{competency: level}``, what ``levels_from`` gives, or a frame (or rows) ``competency, level`` of one person
        None, NaN or absent is not assessed, and no gap. Levels stay with whoever calls this: nothing is stored.
    profile : a SuccessProfile, or a frame ``role, competency, required, importance`` of one role
        Any role: for another one than their own this is a plan for a career.
    resources : frame ``resource, competency, from_level, to_level, kind, device, minutes, language, requires``
        (the first four are needed; ``access`` and ``link`` are read, too). Several devices or required resources stand in one cell,
        separated by ";". Blank levels are open ends; those without a competency lead nowhere.
    peers : frame as of :func:`peer_experts`, or entries ``{"name", "contact", "competencies"}`` of people who agreed to be asked
    hours : all steps together never take more; None is no limit.
    persona : what the person, or their group, has at hand: devices, time at a stretch, language, access, preferred methods.
        Without a language that of most resources is preferred.

    Gives a LearningPlan: ``for step in plan``; each Step has ``competency, option, title, minutes, from_level, to_level,
    reason, notes, alternatives``. Also ``.later`` (no room within the hours), ``.unserved`` (nothing leads there),
    ``.strengths``, ``.not_assessed``, ``.left_out`` (what does not suit, and why), ``.dated(start)``, ``.rows()``.

    Gaps come in the order of (required - level) x importance, then importance, then id. For each gap: a colleague who
    agreed to be asked first; then the resources that lead to the required level at the least cost (minutes, weighed by what
    suits the persona: shortest path over levels), never one below the person's level or beginning above it, each after what
    it ``requires``; where nothing leads on, a job aid or coaching by the rules of the triage. What does not fit into the
    hours is passed over, and shorter steps of later gaps may still fit. Rules are data (``data/learning_plan.yaml``).

    Raises InvalidInput with every fault: missing columns, several people or roles, what is no number.

    By hand: gaps 3 x 5 = 15 and 1 x 4 = 4. The video (10 minutes) and the practice that builds on it (40) lead all the way, the
    course would take 300.

    >>> profile = [{"role": "Coach", "competency": key, "required": 4, "importance": weight}
    ...            for key, weight in (("asking", 5), ("silence", 4), ("notes", 3))]
    >>> shelf = [{"resource": name, "competency": "asking", "from_level": low, "to_level": high, "minutes": minutes, "requires": before}
    ...          for name, low, high, minutes, before in (("Course", 0, 4, 300, None), ("Practice", 2, 4, 40, "Video"), ("Video", 0, 2, 10, None))]
    >>> plan = learning_plan({"asking": 1, "silence": 3, "notes": None}, profile, shelf, peers=[
    ...     {"name": "Kim", "contact": "desk 4", "competencies": ["silence"]}])
    >>> [(step.option, step.title, step.minutes) for step in plan]
    [('resource', 'Video', 10.0), ('resource', 'Practice', 40.0), ('peer', 'Ask Kim to show you: silence', 30.0)]
    >>> plan.not_assessed, plan[0].reason
    (('notes',), 'asking: you said 1, the job needs 4 (importance 5 of 5). This leads from 1 to 2 in 10 minutes; no other way there asks less of you.')
    >>> [step.title for step in learning_plan({"asking": 1}, profile, shelf, hours=0.5)]
    ['Video']
    """
    from learnerfirst.plans.plan import make_plan

    return make_plan(levels, profile, resources, peers, hours, persona, plan_rules())


def curriculum_triage(
    profile: Any, resources: Any, peers: Any = None, levels: Any = None, persona: Persona | None = None
) -> tuple[Triage, ...]:
    """For each gap of a role what to try, in this order: a peer, a job aid, coaching, a resource, and only last a course to build.

    Parameters
    ----------
    profile, resources, peers, persona : as for :func:`learning_plan`
    levels : where people stand, by competency, such as the released medians of a group; None looks at every competency
        from the bottom of the scale. A competency without a level is passed over where levels are given.

    Gives a Triage for each competency below its required level, by (required - level) x importance: ``.first`` is what to try first,
    ``.options`` are all five answers, each with ``fits`` and a reason why or why not; ``.rows()`` for tables.
    Rules are data (``data/learning_plan.yaml``). Raises InvalidInput.

    >>> profile = [{"role": "Coach", "competency": key, "required": 4, "importance": 5} for key in ("asking", "silence")]
    >>> guide = {"resource": "Guide", "competency": "asking", "from_level": 0, "to_level": 4, "minutes": 20}
    >>> found = curriculum_triage(profile, [guide], levels={"asking": 1, "silence": 1})
    >>> [(one.competency, one.first.id) for one in found]
    [('asking', 'resource'), ('silence', 'build')]
    >>> found[0].options[-1].reason
    'Not before this was tried: a resource that is there.'
    """
    from learnerfirst.plans.triage import triage_gaps

    return triage_gaps(profile, resources, peers, levels, persona, plan_rules())


def nearest_roles(
    profile: SuccessProfile,
    profiles: Iterable[SuccessProfile] | None = None,
    levels: Any = None,
    top: int = 5,
) -> tuple[NearRole, ...]:
    """The roles nearest to one's own: how much of what they need one brings along, what is shared, what is missing.

    ``profiles``: the roles to choose from, such as all published ones; None takes those of the library. ``levels``: one's own
    levels, as for :func:`learning_plan`; without them one is taken to have what the own role requires. The formula stands in
    ``learnerfirst.plans.roles.nearest_roles``. Raises InvalidInput.

    >>> from learnerfirst import load_success_profile
    >>> near = nearest_roles(load_success_profile("customer_service_advisor"))[0]
    >>> near.role, round(near.nearness, 2), [one.competency for one in near.shared]
    ('Field sales representative', 0.36, ['listening', 'product_knowledge', 'customer_view', 'record_keeping'])
    """
    from learnerfirst.plans.roles import nearest_roles as nearest

    if profiles is None:
        from learnerfirst.content.competencies import competency_library

        library = competency_library()
        profiles = [library.profile(role) for role in sorted(library.roles)]
    return nearest(profile, profiles, levels, top)
