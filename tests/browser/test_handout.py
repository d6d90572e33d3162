"""The facilitator's hand-out: one A4 in print however much was decided, its pictures as PNG, behind the token."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from learnerfirst.content import sample_answers
from learnerfirst.workshops import Workshops
from tests.browser.looking import faults, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser
A4 = (595, 842)


def revealed(workshops: Workshops, title: str = "Delft", **settings: object) -> str:
    code = workshops.create(title, **settings).code  # type: ignore[arg-type]
    activity = workshops.open_activity(code)
    asked = {question.id for question in workshops.questionnaire(code, activity.id).questions}
    for number, sheet in enumerate(sample_answers()):
        given = {name: value for name, value in sheet.items() if name in asked}
        workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", given)
    workshops.reveal(code, activity.id)
    return code


def printed(page: Page) -> PdfReader:
    page.emulate_media(media="print")
    found = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    page.emulate_media(media="screen")
    return found


def step(number: int, title: str, owner: str = "") -> dict[str, str]:
    return {"title": f"{number}. {title}", "start": "2026-12-01", "end": "2027-02-23", "owner": owner}


def test_the_sample_prints_to_one_sheet_with_all_of_it(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    sample = workshops.create_sample()
    page = page_factory()
    page.goto(workbook.page(f"/handout/{sample.code}"))
    release = workshops.release(sample.code, sample.newest("learner_power").id)
    assert release is not None
    pdf = printed(page)
    assert len(pdf.pages) == 1
    size = pdf.pages[0].mediabox
    assert (round(size.width), round(size.height)) == A4
    page.emulate_media(media="print")
    text = " ".join(page.locator("body").inner_text().split())
    for told in (*(one["prompt"] for one in release.body["talking_points"][:3]), "Sample", sample.code):
        assert told in text
    for one in release.body["plan"]:
        assert one["title"] in text
    assert "The print leaves this part out" not in text
    assert "not a measurement" in " ".join(pdf.pages[0].extract_text().split())


def test_the_longest_plan_still_prints_to_one_sheet_and_says_where_the_rest_is(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    topics = ["A topic with a name that is as long as anyone would write it " * 2, "Second", "Third"]
    code = revealed(workshops, "W" * 200, referent="m" * 100, topics=topics)
    words = "an uncommonly long description of what is to be done by somebody " * 4
    steps = [step(number, words, "Maximiliane Wolkenstein-Oberhausen " * 3) for number in range(1, 61)]
    workshops.save_plan(code, steps, 0, name_owners=True)
    page = page_factory()
    page.goto(workbook.page(f"/handout/{code}"))
    pdf = printed(page)
    assert len(pdf.pages) == 1
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "steps more, at" in text
    assert f"/join/{code}/plan" in text
    assert "not a measurement" in text


@pytest.mark.parametrize("named", [False, True])
def test_owners_stand_on_the_sheet_only_by_their_choice(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], named: bool
) -> None:
    code = revealed(workshops)
    workshops.save_plan(code, [step(1, "Try <i>it</i>", "Ana")], 0, name_owners=named)
    page = page_factory()
    page.goto(workbook.page(f"/handout/{code}"))
    expect(page.get_by_text("1. Try <i>it</i>")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Owner")).to_have_count(int(named))
    expect(page.get_by_role("cell", name="Ana")).to_have_count(int(named))


def test_pictures_come_as_png_and_a_rehearsal_is_marked_in_them(
    workbook: Workbook, workshops: Workshops
) -> None:
    import urllib.request

    from tests.running import TOKEN

    sizes = {}
    for kind in ("real", "rehearsal"):
        code = revealed(workshops, kind=kind)
        for name in ("continuum", "dimensions"):
            asked = urllib.request.Request(
                f"{workbook.facilitator_url}/handout/{code}/{name}.png",
                headers={"Authorization": f"token {TOKEN}"},
            )
            with urllib.request.urlopen(asked) as got:
                data = got.read()
                assert got.headers["Content-Disposition"] == f'attachment; filename="{name}-{code}.png"'
            assert data.startswith(b"\x89PNG")
            assert int.from_bytes(data[16:20], "big") >= 1800  # wide enough for a slide
            sizes[kind, name] = data
    assert sizes["real", "continuum"] != sizes["rehearsal", "continuum"]


def test_there_is_no_handout_before_the_reveal_and_none_without_the_token(
    workbook: Workbook, workshops: Workshops
) -> None:
    code = workshops.create("Early").code
    assert workbook.get(f"/handout/{code}").status_code == 404
    assert workbook.get("/handout/ZZZZ").status_code == 404
    shown = revealed(workshops)
    assert workbook.get(f"/handout/{shown}").status_code == 200
    for path in (f"/handout/{shown}", f"/handout/{shown}/continuum.png"):
        assert workbook.anonymous(path).status_code in (302, 303, 403)


def test_the_page_around_the_sheet_can_be_used_by_everyone(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = revealed(workshops)
    page = page_factory()
    page.goto(workbook.page(f"/handout/{code}"))
    assert faults(page, "hand-out") == []
    assert unseen_focus(page, "hand-out") == []
