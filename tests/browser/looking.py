"""Look at a page as people with different eyes, hands and screens do; what is wrong comes back as sentences."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import BrowserContext, Page

WIDTHS = {320: 640, 375: 740, 1280: 800}
PHONES = (320, 375)
OUR_HOSTS = {"127.0.0.1", "localhost", "phone.test"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

SETTLED = """() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(async () => {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations().filter(
    (a) => a.effect && a.effect.getComputedTiming().endTime !== Infinity).map((a) => a.finished));
  resolve();
})))"""

AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${(node.failureSummary || rule.help).replace(/\\s+/g, " ")}`));
}"""

SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width + 1) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 1);
  return [`scrolls sideways (${document.documentElement.scrollWidth} px): `
    + wide.slice(0, 3).map((e) => e.tagName.toLowerCase() + "." + e.getAttribute("class")).join(", ")];
}"""

# A link inside a sentence may be as small as its text (WCAG 2.5.8, "inline"); a radio is as large as its label.
TARGETS = """(smallest) => {
  const seen = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=radio]")];
  const name = (e) => `${e.tagName.toLowerCase()} "${(e.innerText || e.getAttribute("aria-label") || e.name || e.id
    || e.getAttribute("class") || "").trim().slice(0, 40)}"`;
  const hidden = (e) => !e.checkVisibility({ visibilityProperty: true }) || e.closest("[inert], [aria-hidden=true]");
  const inline = (e) => e.matches("a") && getComputedStyle(e).display === "inline"
    && e.parentElement.innerText.trim().length > e.innerText.trim().length;
  const faults = [];
  for (const element of seen) {
    if (hidden(element) || inline(element)) continue;
    const boxes = [element, ...(element.matches("input") ? [...(element.labels || [])] : [])]
      .map((e) => e.getBoundingClientRect()).filter((box) => box.width > 1 && box.height > 1);
    if (!boxes.length) continue;
    const out = boxes.every((box) => box.bottom + scrollY <= 0 || box.right + scrollX <= 0);
    const good = boxes.some((box) => box.width >= smallest - 0.5 && box.height >= smallest - 0.5);
    if (!out && !good) {
      const box = boxes[0];
      faults.push(`target of ${Math.round(box.width)}x${Math.round(box.height)} px: ${name(element)}`);
    }
  }
  return faults;
}"""

# the next Tab goes on from where the last click was; here it begins with the page
TO_THE_TOP = """() => {
  const top = document.body, had = top.getAttribute("tabindex");
  top.setAttribute("tabindex", "-1");
  top.focus({ preventScroll: true });
  if (had === null) top.removeAttribute("tabindex"); else top.setAttribute("tabindex", had);
  window.scrollTo(0, 0);
}"""

FOCUS_NOW = """() => {
  let e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = (x) => { const s = getComputedStyle(x);
    return [s.outlineStyle === "none" || s.outlineWidth === "0px" ? "" : s.outline, s.boxShadow, s.borderColor,
            s.borderWidth, s.backgroundColor, s.textDecorationLine].join("|"); };
  const shown = [e, ...(e.labels || []), e.parentElement, e.parentElement && e.parentElement.parentElement].filter(Boolean);
  const focused = shown.map(style);
  const key = `${e.tagName.toLowerCase()} "${(e.innerText || e.getAttribute("aria-label") || e.name || e.id
    || e.getAttribute("class") || "").trim().slice(0, 40)}"`;
  e.blur();
  const plain = shown.map(style);
  e.focus({ focusVisible: true, preventScroll: true });
  return { key, shown: focused.some((value, i) => value !== plain[i]) };
}"""


@cache
def axe_source() -> str:
    """axe-core, from the package that carries it: no page or test loads it from another host."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe_version(page: Page) -> tuple[int, ...]:
    _load_axe(page)
    return tuple(int(part) for part in page.evaluate("() => axe.version").split("."))


def _load_axe(page: Page) -> None:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {axe_source()} }}")


def faults(page: Page, state: str, widths: tuple[int, ...] = tuple(WIDTHS)) -> list[str]:
    """Everything wrong with the page as it stands, at each width: axe, sideways scrolling, targets on phones."""
    before = page.viewport_size
    found: list[str] = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        page.evaluate(SETTLED)
        _load_axe(page)
        here: list[Any] = [*page.evaluate(AXE, RULES), *page.evaluate(SIDEWAYS)]
        if width in PHONES:
            here += page.evaluate(TARGETS, 44)
        found += [f"{state} at {width} px: {fault}" for fault in here]
    if before:
        page.set_viewport_size(before)
    return found


def unseen_focus(page: Page, state: str, most: int = 40) -> list[str]:
    """Walk through the page with Tab, as someone without a mouse does; what gets the focus must show it."""
    page.evaluate(TO_THE_TOP)
    found: list[str] = []
    seen = 0
    for _ in range(most):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS_NOW)
        if now is None:
            break
        seen += 1
        if not now["shown"]:
            found.append(f"{state}: focus cannot be seen on {now['key']}")
    return found if seen else [f"{state}: nothing can be reached with Tab"]


def asked_of(context: BrowserContext) -> set[str]:
    """A set that fills with every address that pages of this context ask for, websockets and popups among them."""
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.add(socket.url)))
    return asked


def strangers(asked: set[str]) -> set[str]:
    """Those of the addresses that lie on another host; what a page makes itself (data:, blob:) has none."""
    return {
        url for url in asked if url.startswith(("http", "ws")) and urlsplit(url).hostname not in OUR_HOSTS
    }


SMALLEST = """() => {
  const found = [];
  for (const one of document.querySelectorAll("main *, main svg text")) {
    if (![...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const box = one.closest("svg");
    if (one.closest("title, desc") || !one.getClientRects().length) continue;
    const scale = box ? box.getBoundingClientRect().width / box.viewBox.baseVal.width : 1;
    const tall = box ? box.getBoundingClientRect().height / box.viewBox.baseVal.height : 1;
    found.push(parseFloat(getComputedStyle(one).fontSize) * Math.min(scale, tall));
  }
  return Math.min(...found);
}"""
"""The smallest text on the page as it is drawn, in pixels; pictures are scaled."""


def shot(page: Page, name: str, widths: tuple[int, ...] = (375, 1280)) -> None:
    """Pictures of this state, where somebody wants to look at them: in the folder LEARNERFIRST_SHOTS."""
    if folder := os.environ.get("LEARNERFIRST_SHOTS"):
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True, animations="disabled")
