"""Fields that no persona and no survey here may have, told by their names, each with the reason and a way out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a field is refused: its ``kind`` and a sentence that says what to do instead."""

    kind: str
    reason: str


LEARNING_STYLE = Refusal(
    "learning_style",
    "learning styles have no support in research: matching teaching to a style does not help people learn "
    "(Pashler, McDaniel, Rohrer & Bjork 2008); say what people prefer (preferred_method) and what they need "
    "(accessibility_needs)",
)
PAY = Refusal("pay", "pay never comes into a persona: it says nothing about how to teach; leave it out")
RATING = Refusal(
    "rating", "ratings and reviews never come in: learning here stays apart from judging people; leave it out"
)
HEALTH = Refusal(
    "health", "health never comes in; say what someone needs (accessibility_needs), never why they need it"
)
BIRTH_DATE = Refusal("birth_date", "a birth date points to one person; use an age band (age_band)")
IDENTITY = Refusal("identity", "this names a real person; a persona is invented, a survey has no names")

_STYLE = (
    r"(learning|learner|cognitive|thinking) (styles?|types?)|vark|vak|kolb|(lern|denk) ?(stil|typ)(en?|s)?|"
    r"styles? d ?apprentissage|estilos? de aprendizaje|stil[ei] di apprendimento|leerstijl(en)?|"
    r"(visual|auditory|kinaesthetic|kinesthetic) learners?"
)
_PAY = (
    r"salary|salaries|wages?|pay|paid|pay ?grade|pay ?band|earnings|income|compensation|bonus|remuneration|"
    r"salaires?|salarial|salario|sueldo|stipendio|retribuzione|loon|(hourly|daily|day) rate|compa ratio|salary (grade|band|range)|"
    r"(monats|jahres|grund|basis|fest|ziel|brutto|netto|stunden|tarif|mindest|soll|ist)*"
    r"(gehalt|gehaelter|gehalter|lohn|loehne|lohne|einkommen|entgelt|verdienst|bezuege|bezuge|verguetung|vergutung|besoldung)|"
    r"(gehalts|lohn|einkommens|entgelt|verguetungs|vergutungs|besoldungs|tarif) ?(gruppe|stufe|band|klasse|art|hoehe|hohe|niveau)"
)
_RATING = (
    r"ratings?|appraisals?|performance (score|review|grade|rank(ing)?|category|level)|"
    r"(annual|yearly) review|review (score|grade|result)|(nine|9) ?box|potential (rating|score)|"
    r"(leistungs|gesamt|mitarbeiter|jahres|potenzial|potential) ?(bewertung|beurteilung|note|einschaetzung|einschatzung)|"
    r"beurteilung|ziel ?erreichung(sgrad)?|mitarbeiter ?gespraech (note|ergebnis)|mitarbeiter ?gesprach (note|ergebnis)|"
    r"(performance|leistung) \d{4}|note de performance|evaluation annuelle"
)
_HEALTH = (
    r"health(?!( and| &)? ?safety)|health (status|condition)|illness(es)?|disease|diagnos[ie]s|disabilit(y|ies)|"
    r"disabled|medical|medication|sick( ?(days?|leave|ness))?|pregnan(t|cy)|(schwer)?behinderung|krankheit(en)?|"
    r"krankheitstage|kranktage|krankenstand|krankmeldung(en)?|krankenquote|fehl ?(tage|zeit|zeiten|quote)|absence days?|absenteeism|"
    r"(grad|gdb) der behinderung|gdb|allerg(y|ies|ie|ien)|schwangerschaft|mutterschutz|"
    r"gesundheit(?! (und |u )?(arbeits ?)?(schutz|sicherheit))|sante|handicap|salud|enfermedad|salute|mental health"
)
_BIRTH = (
    r"(date|day|year) of birth|birth ?(date|day|year)|dob|born( on)?|geburts ?(datum|tag|jahr)|"
    r"date de naissance|fecha de nacimiento|data di nascita|geboortedatum|"
    r"geb (am|dat|datum|tag|jahr)"
)
_IDENTITY = (
    r"(first|last|full|given|family|sur|fore|middle|maiden|employee|staff|user) ?names?|names?|"
    r"e ?mail( address)?|(phone|telephone|mobile)( number)|vorname|nachname|familienname|prenom|nom de famille|"
    r"apellidos?|cognome|(national|social) (insurance|security)( number)?|ssn|passport( number)?|nom|nombre|"
    r"(your|my|display|preferred|legal|manager|manager s|supervisor|employee s|learner|participant|user) names?|"
    r"(ihr|dein|mitarbeiter|mitarbeiterin|teilnehmer|benutzer|anzeige|ruf) ?name|supervisor|line manager|reports to|vorgesetzte[rn]?|"
    r"(your|ihre|deine|work|business|private|dienstliche) e ?mail( adresse| address)?|e ?mail ?adresse|"
    r"telefon( ?nummer)?|(handy|mobil|mobilfunk|ruf) ?nummer|iban|steuer ?(id|nummer)|sozialversicherungs ?nummer|"
    r"personalausweis( ?nummer)?|(home|private|postal|street) address|(privat|wohn|post) ?(adresse|anschrift)|anschrift"
)
_NAMED = (
    r"(vorname|nachname|zuname|rufname|familienname|geburtsname)n?|prenoms?|"
    r"(first|last|full|given|family|maiden) names?|surname|"
    r"names? of (the )?(employee|learner|person|participant|manager|supervisor)s?|"
    r"name (des|der|vom) (mitarbeiters|mitarbeiterin|mitarbeitenden|person|teilnehmers|teilnehmerin|fuehrungskraft|fuhrungskraft|vorgesetzten)"
)
_RULES: tuple[tuple[Refusal, re.Pattern[str], bool], ...] = (
    (LEARNING_STYLE, re.compile(_STYLE), True),
    (PAY, re.compile(_PAY), True),
    (RATING, re.compile(_RATING), True),
    (HEALTH, re.compile(_HEALTH), True),
    (BIRTH_DATE, re.compile(_BIRTH), True),
    (RATING, re.compile(r"bewertung|potential|potenzial"), False),
    (IDENTITY, re.compile(_NAMED), True),
    (IDENTITY, re.compile(_IDENTITY), False),
)


def refusal_of(name: str) -> Refusal | None:
    """Why a field or column of this name is refused, None where it is not. English and some neighbours.

    Words count wherever they stand in the name, except for those that mean something else beside others ("name" of a
    site, "e-mail" as a channel): they are the whole name, or its part behind a heading over several ("Person: Name").

    >>> refusal_of("Learning-style").kind, refusal_of("annualSalary").kind, refusal_of("Date of birth").kind
    ('learning_style', 'pay', 'birth_date')
    >>> refusal_of("health and safety"), refusal_of("age_band"), refusal_of("payments team")
    (None, None, None)
    """
    words, last = _words(name), _words(name.rpartition(": ")[2])
    for refusal, pattern, anywhere in _RULES:
        if any(pattern.fullmatch(whole) for whole in (words, last)):
            return refusal
        if anywhere and re.search(rf"(?<!\S)(?:{pattern.pattern})(?!\S)", words):
            return refusal
    return None


def _words(name: str) -> str:
    """Small letters without accents, one space between words; camelCase is taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))
