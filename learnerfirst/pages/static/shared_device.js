// A device on which several people answer in turn: nothing is kept on it, and what stood on its screen is wiped.
export function sharedDevice({ settings, element, host }) {
  const { words, seconds } = settings.shared;
  let timer = 0;

  function wipe() {
    host.replaceChildren();
    location.replace(`${location.pathname}${location.search}`); // takes this page's place, so "back" shows nothing
  }

  // a result that nobody clears goes by itself; a key, a tap or a scroll gives all the time again
  function again() {
    clearTimeout(timer);
    if (host.querySelector(".lf-result")) timer = setTimeout(wipe, 1000 * seconds);
  }
  for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, again, { passive: true });
  window.addEventListener("pagehide", () => host.replaceChildren());
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  host.before(element("p", { class: "note", id: "shared" }, words.note));

  return {
    texts: words.form,
    done() {
      queueMicrotask(again);
      return element("section", { class: "card lf-card no-print" }, element("h2", {}, words.done_title), element("p", {}, words.done_hint),
        element("button", { type: "button", class: "button wide", click: wipe }, words.done));
    },
  };
}
