// The projector view follows the workshop: asks for the state, swaps what differs, says when the line is gone.
// PageUp and PageDown, arrow keys and B, which clickers send, step through the views of a deck and blank the screen;
// Home goes to where the workshop is now. Views of other decks are chosen by name.
const view = document.getElementById("view");
const foot = document.getElementById("foot");
const lost = document.getElementById("lost");
const place = document.getElementById("place");
const dark = document.getElementById("dark");
const back = document.getElementById("back");
const next = document.getElementById("next");
const theme = document.getElementById("theme");
const deck = document.getElementById("deck");
const { stateUrl, step } = document.body.dataset;
const EVERY = 1000;
let chosen = document.body.dataset.chosen; // a view that was stepped to; empty: the one the workshop is at
let decks = [...deck.options].map((one) => ({ id: one.value, name: one.textContent, views: one.dataset.views.split(" ") }));
let failures = 0;
let asked = 0;

async function look() {
  const number = (asked += 1);
  try {
    const wanted = chosen ? `&view=${encodeURIComponent(chosen)}` : "";
    const answer = await fetch(stateUrl + wanted, { cache: "no-store", credentials: "same-origin" });
    if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    failures = 0;
    lost.hidden = true;
    if (number === asked) show(now);
    setTimer(now.timer);
  } catch {
    failures += 1;
    if (failures > 2) {
      lost.textContent = document.body.dataset.lost;
      lost.hidden = false;
    }
  }
}

function show(now) {
  if (now.natural !== view.dataset.natural) {
    view.dataset.natural = now.natural; // the workshop went on: so does the screen
    if (now.view !== now.natural) {
      chosen = "";
      remember();
      look();
      return;
    }
  }
  if (now.view === now.natural && chosen) {
    chosen = "";
    remember();
  }
  if (now.version === view.dataset.version) return;
  offer(now.decks);
  view.classList.toggle("arrive", now.state === "revealed" && view.dataset.state !== "revealed");
  view.innerHTML = now.html; // drawn and escaped by our own server
  foot.innerHTML = now.foot;
  Object.assign(view.dataset, { version: now.version, state: now.state, view: now.view });
  controls();
}

// the run sheet's timer: the server says what is left, this page counts between two looks and while the line is gone
const timer = document.getElementById("timer");
let ends = 0;
function setTimer(told) {
  timer.hidden = !told;
  if (!told) return;
  const then = performance.now() + told.left * 1000;
  if (timer.dataset.label !== told.label || Math.abs(then - ends) > 1500) ends = then;
  timer.dataset.label = told.label;
  tick();
}

function tick() {
  if (timer.hidden) return;
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const said = `${timer.dataset.label} ${left ? clock : `· ${timer.dataset.up}`}`;
  if (timer.textContent !== said) timer.textContent = said;
}
setInterval(tick, 250);

function offer(now) {
  if (JSON.stringify(now) === JSON.stringify(decks)) return;
  decks = now;
  deck.replaceChildren(...now.map((one) => new Option(one.name, one.id)));
  deck.hidden = now.length < 2;
}

function around(name) {
  return decks.find((one) => one.views.includes(name)) || decks[0];
}

function controls() {
  const { id, views } = around(view.dataset.view);
  if (deck.value !== id) deck.value = id;
  const at = views.indexOf(view.dataset.view);
  back.setAttribute("aria-disabled", String(at <= 0)); // not "disabled": the focus stays where it is
  next.setAttribute("aria-disabled", String(at >= views.length - 1));
  const said = step.replace("{number}", at + 1).replace("{count}", views.length);
  if (place.textContent !== said) place.textContent = said;
}

function remember() {
  const told = new URLSearchParams();
  if (document.body.dataset.theme === "dark") told.set("theme", "dark");
  if (chosen) told.set("view", chosen);
  if (!dark.hidden) told.set("blank", "1");
  history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
  told.set("theme", document.body.dataset.theme === "dark" ? "light" : "dark");
  theme.href = `?${told}`;
}

function go(steps) {
  const shown = chosen || view.dataset.view;
  const { views } = around(shown);
  const to = views[views.indexOf(shown) + steps];
  if (!dark.hidden) return blank();
  return to && turnTo(to);
}

function turnTo(name) {
  chosen = name === view.dataset.natural ? "" : name;
  remember();
  return look();
}

function home() {
  if (!dark.hidden) blank();
  return turnTo(view.dataset.natural);
}

function blank() {
  dark.hidden = !dark.hidden;
  (dark.hidden ? document.getElementById("blank") : dark).focus({ focusVisible: false });
  remember();
}

const KEYS = { PageDown: () => go(1), ArrowRight: () => go(1), PageUp: () => go(-1), ArrowLeft: () => go(-1), Home: home, b: blank, B: blank, ".": blank };
document.addEventListener("keydown", (event) => {
  if (!KEYS[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  KEYS[event.key]();
});
back.addEventListener("click", () => go(-1));
next.addEventListener("click", () => go(1));
deck.addEventListener("change", () => {
  const { views } = decks.find((one) => one.id === deck.value);
  turnTo(views.includes(view.dataset.natural) ? view.dataset.natural : views[0]);
});
document.getElementById("blank").addEventListener("click", blank);
dark.addEventListener("click", blank);
controls();
remember();

async function follow() {
  await look();
  setTimeout(follow, EVERY);
}
setTimeout(follow, EVERY);
