"""The ``lf.*`` functions: content is loaded when one is first called, then bound to the pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from learnerfirst.content import (
    learner_power_content,
    load_questionnaire,
    persona_fields,
    personas_content,
    plan_rules,
    texts,
)
from learnerfirst.content import persona_templates as persona_template_files
from learnerfirst.learner_power import GroupPlacement, Placement, PulseResult, score, summarise
from learnerfirst.learner_power import score_pulse as score_pulse_by
from learnerfirst.personas import Implications, Persona, implications_of

if TYPE_CHECKING:
    from os import PathLike

    from learnerfirst.coverage.discovery import Discovery
    from learnerfirst.coverage.result import Coverage
    from learnerfirst.exchange.learner_files import ImportedLearners
    from learnerfirst.groups import Groups
    from learnerfirst.intake.recipe import Recipe
    from learnerfirst.plans import LearningPlan, NearRole, Triage
    from learnerfirst.success_profiles import SuccessProfile

__all__ = [
    "curriculum_triage",
    "discover_personas",
    "gap_heatmap",
    "import_learners",
    "learning_plan",
    "load_questionnaire",
    "nearest_roles",
    "persona_coverage",
    "persona_implications",
    "persona_templates",
    "priority_chart",
    "propose_recipe",
    "quadrant_chart",
    "score_learner_power",
    "score_pulse",
    "summarise_learner_power",
]

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


def persona_coverage(
    learners: Any,
    personas: Sequence[Persona],
    weights: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Coverage:
    """Score every surveyed learner against every persona; say whom none covers, and draft who is missing.

    Parameters
    ----------
    learners : frame, one row a learner
        Any frame that Narwhals knows; ``learner_id``, and every other column is a field. A field of our own
        (``persona_fields``) has its kind; others are a number if numeric, several choices if cells hold lists or texts with
        ";", else a category. None, NaN and "" are missing. Fields refused by name (pay, ratings, health, birth dates,
        names) and free text are left out: ``notes`` say so.
    personas : sequence of Persona
        Retired ones are passed over. None at all is allowed: then everybody is uncovered.
    weights : ``{field: weight}``, above 0; 1 where nothing is given.
    seed : of the simulated learners and of the groups among the uncovered.

    Gives a Coverage: ``fits`` (a frame of the same kind: ``learner_id, persona, score, fits``; at most one row per
    learner and persona; score 0-1, higher fits better), ``uncovered``, ``draft_persona()``, ``overlaps``, ``summary``.

    ``score`` is the weighted mean of the fit in each field that both know; ``learnerfirst.coverage.likeness`` has the
    formula of each kind. ``fits`` compares with learners known to belong: those that the persona was built from, else
    500 simulated from its fields; who falls short of them by more than their 95th percentile does not fit
    (``learnerfirst.coverage.belonging``). Similarity over mixed fields with gaps follows Gower (1971).

    Raises InvalidInput with all faults: no frame, no ``learner_id``, ids missing or twice, infinite numbers, weights
    out of range, what is no Persona.

    By hand: Mira works nights on a shared terminal. Six learners do, too; six others are in the office by day.

    >>> import pandas as pd
    >>> from learnerfirst.personas import Detail, Persona
    >>> learners = pd.DataFrame({"learner_id": range(12), "shift": ["nights"] * 6 + ["office_hours"] * 6,
    ...                          "device": [["shared_terminal"]] * 6 + [["laptop", "own_phone"]] * 6})
    >>> mira = Persona("mira", "Mira", {"shift": Detail("nights"), "device": Detail(("shared_terminal",))})
    >>> found = persona_coverage(learners, [mira])
    >>> found.fits[["persona", "score", "fits"]].iloc[[0, 11]].values.tolist()
    [['Mira', 1.0, True], ['Mira', 0.0, False]]
    >>> found.covered, found.told, list(found.uncovered)
    (6, 12, [6, 7, 8, 9, 10, 11])
    >>> missing = found.draft_persona()
    >>> missing.value("shift"), missing.value("device"), missing.evidence
    ('office_hours', ('own_phone', 'laptop'), (2, 2))
    >>> persona_coverage(learners, [mira, missing]).share
    1.0
    """
    from learnerfirst.coverage.measuring import measure_coverage

    return measure_coverage(learners, personas, persona_fields(), texts("coverage"), weights, seed)


def discover_personas(learners: Any, n: int | None = None, seed: int = 0) -> Discovery:
    """Groups that the answers of a survey show, as draft personas with sizes, typical answers, and how sure.

    Parameters
    ----------
    learners : frame, one row a learner, as for :func:`persona_coverage`; 100 learners or more.
    n : how many groups, 1 to 20; None lets BIC choose among one to eight.
    seed : of the starting points and of the sample.

    Latent class analysis (Lazarsfeld & Henry 1968; Goodman 1974) by EM: within a group, answers are independent;
    categories and ordered fields as they are, each of several choices as yes or no, numbers in quarters, gaps allowed.
    Fitted on at most 20,000 learners, applied to all. BIC = parameters x ln(learners) - 2 x log-likelihood;
    ``curve`` has it for each number that was tried.

    Gives a Discovery: ``personas`` (unique names, largest group first, all fields evidence), ``groups`` (size, sure,
    typical answers in words), ``sure`` (0-1), ``curve``, ``assignments`` (a frame of the same kind: ``learner_id, persona, sure``).

    Raises InvalidInput: under 100 learners, n out of range, nothing on which learners differ, and what
    :func:`persona_coverage` refuses.

    >>> import pandas as pd
    >>> day = {"shift": "office_hours", "device": "laptop", "site": "North", "hours": 4}
    >>> night = {"shift": "nights", "device": "shared_terminal", "site": "South", "hours": 1}
    >>> learners = pd.DataFrame([{"learner_id": k, **(day if k < 70 else night)} for k in range(110)])
    >>> found = discover_personas(learners)
    >>> [(group.size, group.persona.value("shift"), round(group.sure, 2)) for group in found.groups]
    [(70, 'office_hours', 1.0), (40, 'nights', 1.0)]
    >>> min(found.curve, key=lambda step: step.bic).classes
    2
    """
    from learnerfirst.coverage.discovery import discover

    return discover(learners, n, seed, persona_fields(), texts("coverage"))


def persona_templates() -> tuple[Persona, ...]:
    """The personas to start from, ours and those of the user's own content folder, by the title of their file.

    Each field is tagged "assumption": templates are invented. ContentError with all faults of a file.

    >>> sales = next(persona for persona in persona_templates() if persona.id == "field_sales")
    >>> sales.name, sales.value("device"), sales.evidence
    ('Mira', ('work_phone',), (0, 19))
    """
    return tuple(template.persona for template in persona_template_files())


def persona_implications(p: Persona) -> Implications:
    """What follows from a persona for the design of training: delivery, device, length of a unit, timing, theme, reason
    to offer, access, channel; each with the field that it comes from, and whether that is evidence.

    Rules are data (``data/personas/implications.yaml``); a file of that name in the user's own content folder adds to
    them. ``.conflicts`` names pairs that cannot both be followed, ``.unsaid`` the aspects about which nothing is known.
    Preferences and access only: there are no learning styles (Pashler et al. 2008).

    >>> from learnerfirst import Persona
    >>> from learnerfirst.personas import Detail
    >>> tom = Persona("tom", "Tom", {"preferred_method": Detail(("video",)), "accessibility_needs": Detail(("no_sound",))})
    >>> found = persona_implications(tom)
    >>> [(item.aspect, item.field) for item in found], [conflict.about for conflict in found.conflicts]
    ([('delivery', 'preferred_method'), ('access', 'accessibility_needs')], ['sound'])
    """
    content = personas_content()
    return implications_of(p, content.rules, content.fields)


def propose_recipe(path: str | PathLike[str] | bytes) -> Recipe:
    """What each column of a survey file or HR export probably is, as a recipe to look at, change and save.

    Columns are told by heading, place and content; those that never come in (names, pay, ratings, health, times of
    answering) are left out. ``learnerfirst.exchange.recipes.save_recipe(recipe, path)`` writes it as a file.

    Raises UnreadableFile, which says what to do.

    >>> recipe = propose_recipe(b"Timestamp,Which devices do you use?\\n2026/11/01 9:14:05 AM GMT+1,Tablet;Laptop\\n")
    >>> [(use.column, use.field, use.separator) for use in recipe.columns]
    [('Which devices do you use?', 'device', ';')]
    """
    from learnerfirst.exchange.learner_files import propose_recipe_for

    return propose_recipe_for(path, persona_fields(), date.today())


def import_learners(
    path: str | PathLike[str] | bytes,
    recipe: Recipe | str | PathLike[str],
    *,
    set_aside: bool = False,
    today: date | None = None,
) -> ImportedLearners:
    """A survey file or HR export (CSV, TSV, XLSX; any size) as learners, by a recipe made once.

    Parameters
    ----------
    path : the file, or its bytes
    recipe : a ``Recipe``, or the path of a saved one; next quarter the same call does it again
    set_aside : True imports the rows that fit and leaves out the others, which ``.report.faults`` names
    today : the day on which ages count, by default the day of the call

    ``.frame`` has ``learner_id`` and one column a field, a row a person, for ``persona_coverage`` and
    ``discover_personas``; ``.report`` says how rows became people, which cells do not fit (row, column, value, what to
    do), how many job titles have no role. Only mapped columns are kept; a birth date becomes an age band.

    Raises UnreadableFile for a file that is no table, and for rows that do not fit unless ``set_aside``; InvalidInput
    for a recipe that does not fit the file or takes what never comes in.

    >>> data = b"person_id,Device,Born\\n007,Tablet;Phone,1990-05-30\\n007,Laptop,1990-05-30\\n8,Tablet,1961-01-01\\n"
    >>> found = import_learners(data, propose_recipe(data), today=date(2026, 11, 22))
    >>> found.frame.to_dict("records")[0]
    {'learner_id': '007', 'age_band': 'age_35_44', 'device': ('tablet', 'own_phone', 'laptop')}
    >>> found.report.people.rows, found.report.people.people
    (3, 2)
    """
    from learnerfirst.exchange.learner_files import read_learners

    return read_learners(path, recipe, persona_fields(), today or date.today(), set_aside=set_aside)


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


def gap_heatmap(gaps: Any, names: Mapping[str, str] | None = None, by: Sequence[str] = ("role",)) -> Any:
    """The share below the required level as an Altair heatmap: a row a competency, the worst first, a column a group.

    ``gaps``: what :func:`competency_gaps` gives with the same ``by``, of any engine. ``names``: competency to the name that is
    shown. What is hidden stays hidden. Raises InvalidInput where columns are missing.

    >>> rows = [{"role": "Coach", "competency": "asking", "share_below": 0.75, "n": 8, "hidden": None}]
    >>> gap_heatmap(rows, {"asking": "Asking"}).to_dict()["description"].partition(";")[2]
    ' the largest share below is 75% of Coach in Asking.'
    """
    from learnerfirst.charts.gap_charts import gap_heatmap as heatmap

    return heatmap(gaps, texts("gap_charts"), names, by)


def quadrant_chart(gaps: Any, profile: Any, names: Mapping[str, str] | None = None) -> Any:
    """Importance against mean level as an Altair chart, a panel a role, parted by the crosshair (Martilla & James 1977).

    ``gaps``: what :func:`competency_gaps` gives by role, with the crosshair at the data's mean; ``profile``: the same that it took.
    Mean level = required - mean gap. Raises InvalidInput where columns are missing.

    >>> needs = [{"role": "Coach", "competency": key, "required": 4, "importance": weight}
    ...          for key, weight in (("asking", 5), ("notes", 2))]
    >>> gaps = [{"role": "Coach", "competency": "asking", "mean_gap": 2, "quadrant": "concentrate here"},
    ...         {"role": "Coach", "competency": "notes", "mean_gap": 0, "quadrant": "possible overkill"}]
    >>> quadrant_chart(gaps, needs).to_dict()["description"]
    'Importance and level. Important and low: asking.'
    """
    from learnerfirst.charts.gap_charts import quadrant_chart as quadrants

    return quadrants(gaps, profile, texts("gap_charts"), names)


def priority_chart(
    priorities: Any,
    names: Mapping[str, str] | None = None,
    by: Sequence[str] = ("role",),
    confidence: float = 0.9,
) -> Any:
    """Priority scores with their intervals as an Altair chart, a panel a group; filled: cannot be told apart from the first.

    ``priorities``: what :func:`development_priorities` gives with the same ``by`` and ``confidence``. Raises InvalidInput where
    columns are missing.

    >>> rows = [{"role": "Coach", "competency": "asking", "rank": 1, "mwds": 7, "low": 5, "high": 9, "tied_with_first": True}]
    >>> priority_chart(rows).to_dict()["description"]
    'What to develop first. First: asking. Cannot be told apart from it: none.'
    """
    from learnerfirst.charts.gap_charts import priority_chart as priority

    return priority(priorities, texts("gap_charts"), names, by, confidence)


def form_groups(
    people: Any,
    size: int,
    balance: Sequence[str] | Mapping[str, float],
    apart: Iterable[Any] = (),
    together: Iterable[Any] = (),
    previous: Any = None,
    seed: int = 0,
) -> Groups:
    """Learning groups in which each is as much like the whole as can be, and everybody has a place.

    Parameters
    ----------
    people : a frame of any kind (it is collected), or rows
        ``person_id`` and the columns that are named elsewhere.
    size : people in a group; there are round(n / size) groups (at least one), their sizes differ by at most one
    balance : names of columns, or ``{column: weight}``
        Texts are categories (department, location, time zone; not known is a level of its own); numbers (competency)
        are balanced in mean and spread, not known counts as the mean.
    apart, together : pairs or larger sets of person_ids, kept always
        ``("person_id", "manager_id")`` names two columns: nobody is with whom the second one names; None and NaN are nobody,
        and so is who is not among the people.
    previous : an earlier result, a frame with ``person_id`` and ``group``, or a list of them
        Who was in a group together is not again, as far as there is a way.
    seed : the same seed gives the same groups

    Start: alike people dealt back and forth (snake); then swaps between groups, annealed up to 600 people. Cost: squared
    deviation of each group from the whole over all criteria.

    Returns Groups: ``.groups`` (person_id, group from 1), ``.members``, ``.balance`` (a criterion each: reached, random, least,
    share = reached / random), ``.apart``, ``.together``, ``.repeated``, ``.unmet`` and ``.summary`` in words.
    InvalidInput names all faults; ImpossibleGroups the wishes that contradict.

    >>> rows = [{"person_id": n, "department": "Sales" if n < 4 else "Care"} for n in range(8)]
    >>> formed = form_groups(rows, 4, ["department"], apart=[(0, 4)])
    >>> formed.sizes, formed.summary
    ((4, 4), '2 groups of 4 people. department: 0 % of the deviation that random groups have.')
    """
    from learnerfirst.groups import formed

    return formed(people, size, balance, texts("groups"), apart, together, previous, seed)
