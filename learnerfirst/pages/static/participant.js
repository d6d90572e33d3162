// Runs the questionnaire module on a plain page: a small model in place of a kernel's, fetch in place of comms.
const host = document.getElementById("host");
const settings = JSON.parse(host.dataset.settings);
// on a device that several people share nothing is kept: these two take the place of the browser's own
const nothing = { getItem: () => null, setItem() {}, removeItem() {} };
const storage = (name) => { try { return settings.shared ? nothing : window[name]; } catch { return nothing; } };
const localStorage = storage("localStorage");
const sessionStorage = storage("sessionStorage");
const session = {
  key: `learnerfirst.${settings.code}`,
  read() { try { return JSON.parse(sessionStorage.getItem(this.key)) ?? {}; } catch { return {}; } },
  write(value) { try { if (value) sessionStorage.setItem(this.key, JSON.stringify(value)); else sessionStorage.removeItem(this.key); } catch { /* kept in memory by the page */ } },
};
const { page } = settings; // texts around the questions
// a name for counting phones, made here and joined with nothing: requests that carry answers do not say it
const here = (() => {
  const key = `learnerfirst.${settings.code}.here`;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  try { const kept = sessionStorage.getItem(key) ?? made; sessionStorage.setItem(key, kept); return kept; } catch { return made; }
})();
let shown = ""; // which screen is up: state and activity
let close = () => {};
let stored = true; // whether the result on the screen is kept under a key
let resumed = false; // whether what was stored is (or was) in the sheet, to be changed
let asked = []; // the questions of "guess the room"

class PageModel {
  #values;
  #listeners = new Map();

  constructor(values) { this.#values = values; }

  get(name) { return this.#values[name]; }

  set(name, value) {
    this.#values[name] = value;
    for (const listener of this.#listeners.get(`change:${name}`) ?? []) queueMicrotask(() => listener());
  }

  on(event, listener) { this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]); }

  off(event, listener) { this.#listeners.set(event, (this.#listeners.get(event) ?? []).filter((one) => one !== listener)); }

  save_changes() { /* a plain page has no kernel to tell */ }
}

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function put(...children) {
  close();
  close = () => {};
  host.replaceChildren(...children);
}

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

async function ask(path, body) {
  const options = body && { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-XSRFToken": cookie("lf_people_xsrf") } };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 1000 * settings.patience);
  try {
    const reply = await fetch(`${settings.base}/${path}`, { ...options, signal: stop.signal, cache: "no-store", credentials: "same-origin" });
    return { status: reply.status, data: await reply.json().catch(() => ({})) };
  } catch {
    return { status: 0, data: {} }; // no line, or it broke
  } finally {
    clearTimeout(timer);
  }
}

async function send(model, activity) {
  const submission = model.get("submission");
  const { id, recall } = submission;
  const source = settings.shared?.device;
  let { status, data } = await ask(recall ? "own" : "answers", recall ? { activity, id } : { activity, id, answers: submission.answers, seconds: submission.seconds, source });
  if (status === 403) { // the cookie went missing: ask for a new one, try once more
    await ask("state");
    ({ status, data } = await ask(recall ? "own" : "answers", { ...submission, activity, source }));
  }
  if (status === 410 && !recall && settings.here) { // the picture was shown already: a result of one's own beside it
    const late = await ask("late", { activity, answers: submission.answers });
    if (late.status === 200) ({ status, data } = late);
  }
  if (model.get("submission") !== submission) return; // a newer attempt is under way
  const phase = { 200: data.saved === false ? "shown" : "saved", 400: "refused", 404: recall ? "gone" : "refused", 410: "refused", 413: "refused", 403: "refused", 422: "refused", 423: "refused" }[status] ?? "offline";
  const message = { 403: page.no_cookie, 404: recall ? page.gone_hint : page.refused_closed, 410: page.refused_closed, 413: page.too_large_hint, 422: page.refused_invalid, 423: page.code_spent, 400: page.refused_invalid, 429: page.too_fast, 500: page.store_trouble, 503: page.store_trouble }[status] ?? (phase === "shown" ? settings.words.late_shown : "");
  stored = phase === "saved";
  if (stored) session.write({ id, activity });
  else if (phase === "gone") session.write(null);
  model.set("outcome", { id, phase, message, html: data.html, document: data.document });
  if (phase === "saved" || phase === "shown") tick(0); // this phone is answering no longer
}

const shared = settings.shared ? (await import(settings.shared.module)).sharedDevice({ settings, element, host }) : null;
const live = (await import(settings.live)).liveRoom({ settings, ask, element, host });

// ---- screens
function waiting(state) {
  const lost = element("p", { class: "note warn", role: "status", hidden: "" }, page.waiting_offline);
  const title = state === "waiting" ? page.waiting_title : page.closed_title;
  const hint = state === "waiting" ? page.waiting_hint : settings.base.includes("/quiz/") ? page.quiz_closed_hint : page.closed_hint;
  put(element("div", { "aria-live": "polite" }, element("section", { class: "card lf-card hello" }, element("h2", {}, title), element("p", { class: "quiet" }, hint),
    state === "waiting" ? element("span", { class: "pulse", "aria-hidden": "true" }) : null)), lost);
}

// somebody else answers on this phone: nothing of the first stays, nothing of the next is kept
function passOn(look = "") {
  const go = () => {
    session.write(null);
    host.replaceChildren();
    location.replace(settings.door || `${settings.base}?here=phone`); // behind the door each needs a code of their own
  };
  return element("button", { type: "button", class: `button ${look} wide`, click: go }, page.someone_else);
}

function answered(now) {
  put(element("section", { class: "card lf-card hello" }, element("h2", {}, page.answered_title), element("p", { class: "quiet" }, page.answered_hint),
    element("div", { class: "lf-actions lf-stacked" }, passOn(),
      element("a", { class: "button plain", href: settings.mine }, page.see_with_key))));
}

function postForm(fields, label, look) {
  const form = element("form", { method: "post", action: settings.mine });
  for (const [name, value] of Object.entries({ ...fields, _xsrf: cookie("lf_people_xsrf") })) form.append(element("input", { type: "hidden", name, value }));
  form.append(element("button", { class: `button ${look} wide` }, label));
  return form;
}

function markChoice(id, activity) {
  const said = element("p", { role: "status", class: "small quiet" }, page.mark_hidden);
  let on = false;
  const button = element("button", { type: "button", class: "button plain wide", click: async () => {
    const { status, data } = await ask("mark", { id, activity, shown: !on });
    if (status === 200) on = data.shown;
    button.textContent = on ? page.mark_hide : page.mark_show;
    said.textContent = status === 200 ? (on ? page.mark_shown : page.mark_hidden) : status === 409 ? page.mark_fixed : page.waiting_offline;
  } }, page.mark_show);
  return element("section", { class: "card lf-card" }, element("h2", {}, page.mark_title), element("p", {}, page.mark_hint), button, said);
}

function offerGuess(event, now) {
  const key = `learnerfirst.${settings.code}.${now.activity}.guessed`;
  let guessed = false;
  try { guessed = Boolean(localStorage.getItem(key)); } catch { /* nothing is kept */ }
  if (!stored || guessed || now.state !== "open" || !asked?.length || !event.detail.result) return;
  const done = () => { try { localStorage.setItem(key, "1"); } catch { /* nothing is kept */ } };
  event.detail.result.before(live.guess(now, asked, done));
}

function afterResult(event, now) {
  const { id, slot } = event.detail;
  offerGuess(event, now);
  if (shared) {
    slot.append(...[stored && now.mark ? markChoice(id, now.activity) : null, shared.done()].filter(Boolean));
    return;
  }
  const clear = () => { session.write(null); location.reload(); };
  slot.append(...[
    stored && now.mark ? markChoice(id, now.activity) : null,
    stored && now.changes && now.state === "open" && postForm({ do: `change:${now.activity}`, code: settings.code, key: id }, page.change, ""),
    stored && postForm({ do: "download", code: settings.code, key: id }, page.download, now.changes && now.state === "open" ? "plain" : ""),
    stored && event.detail.result.querySelector("ol.lf-to-calendar") && postForm({ do: `calendar:${now.activity}`, code: settings.code, key: id }, page.calendar, "plain"),
    stored && postForm({ do: "see", code: settings.code, key: id }, page.mine, "plain"),
    element("section", { class: "card lf-card no-print" }, element("h2", {}, page.clear_title), element("p", { class: "quiet" }, page.clear_hint),
      element("div", { class: "lf-actions lf-stacked" }, element("button", { type: "button", class: "button plain wide", click: clear }, page.clear),
        now.state === "open" ? passOn("plain") : null)),
  ].filter(Boolean));
  try { localStorage.setItem(`learnerfirst.${settings.code}.${now.activity}.sent`, "1"); } catch { /* nothing is kept */ }
}

async function open(now, fresh = false) {
  const [module, sheet] = await Promise.all([import(settings.module), fetch(now.sheet).then((reply) => (reply.ok ? reply.json() : null))]);
  if (sheet) asked = sheet.guess;
  if (!sheet) return false; // it changed in this moment: the next look at the state tells
  const key = `learnerfirst.${settings.code}.${now.activity}`;
  const resume = settings.resume?.activity === now.activity && !resumed && !fresh ? settings.resume : undefined;
  resumed = Boolean(resume) || resumed;
  const mine = session.read();
  const recall = !fresh && !resume && mine.activity === now.activity ? mine.id : "";
  let sent = false;
  let draft = false;
  try { sent = Boolean(localStorage.getItem(`${key}.sent`)); draft = Boolean(localStorage.getItem(key)); } catch { /* nothing is kept */ }
  if (sent && !draft && !recall && !fresh && !resume) { answered(now); return true; }
  const model = new PageModel({ sheet: sheet.sheet, texts: { ...sheet.texts, ...shared?.texts }, consent: sheet.consent, storage_key: shared || resume ? "" : key, settings, show_key: true, recall, resume, changes: sheet.changes });
  model.on("change:submission", () => send(model, now.activity));
  const place = element("div", {});
  place.addEventListener("lf:result", (event) => afterResult(event, now));
  place.addEventListener("lf:refused", (event) => { if (event.detail.gone) event.detail.slot.append(passOn()); });
  put(place);
  close = module.default.render({ model, el: place });
  return true;
}

function offerNext(now) {
  if (document.getElementById("next-round")) return;
  const go = () => { bar.remove(); shown = ""; show(now, true); };
  const bar = element("div", { id: "next-round", class: "note next-round", role: "status" }, element("p", {}, page.next_round),
    element("button", { type: "button", class: "button", click: go }, page.next_round_button));
  host.before(bar);
}

// ---- what is open now; asked again and again, and at once when the phone wakes up
async function show(now, chosen = false) {
  if (now.state !== "open") document.getElementById("next-round")?.remove(); // it was closed before anybody went on
  const screen = now.state === "open" || now.state === "revealed" ? `${now.state} ${now.activity}` : now.state;
  if (screen === shown) return;
  const busy = shown.startsWith("open") && host.querySelector(".lf-questionnaire");
  if (busy && !chosen) {
    if (now.state === "open") offerNext(now); // never take a sheet away from someone who is answering
    return;
  }
  if (now.door) { location.replace(settings.door || `${settings.base}?again`); return; }
  if (now.state === "open") { if (await open(now)) shown = screen; } else if (now.state === "revealed") shown = await revealed(now, screen);
  else if (await recallClosed(now)) shown = screen;
  else { shown = screen; waiting(now.state); }
}

// after the reveal: the picture and the plan, on every screen but under the hands of someone who is answering
function offerTakeHome(now) {
  const answering = host.querySelector(".lf-questionnaire form") && !host.querySelector(".lf-result");
  let bar = document.getElementById("take-home");
  if (!now.plan || answering) { bar?.remove(); return; }
  if (bar) return;
  bar = element("div", { id: "take-home", class: "note next-round", role: "status" }, element("p", {}, page.take_home),
    element("a", { class: "button", href: now.plan }, page.take_home_button));
  host.before(bar);
}

// the picture is shown: beside the own result of who sent in time; who comes late, or was in the middle, answers for themself
async function revealed(now, screen) {
  if (session.read().activity === now.activity && await recallClosed(now)) return screen;
  const key = `learnerfirst.${settings.code}.${now.activity}`;
  let draft = false;
  try { draft = Boolean(JSON.parse(localStorage.getItem(key))?.answers); } catch { /* nothing is kept */ }
  const late = `open late ${now.activity}`;
  if (draft && await open(now, true)) return late;
  put(live.late(async () => { if (await open(now, true)) { shown = late; tick(0); } }));
  return screen;
}

// closed, and this tab holds the key of what was sent: the own result stays in sight
async function recallClosed(now) {
  const mine = session.read();
  if (!mine.id) return false;
  const { status, data } = await ask("own", { activity: mine.activity, id: mine.id });
  if (status !== 200) return false;
  const body = element("div", { class: "lf-own" });
  body.innerHTML = data.html; // made and escaped by own_result.py
  const slot = element("div", { class: "lf-after" });
  put(element("div", { class: "lf-questionnaire lf-result" }, element("h2", {}, page.own_title), body, slot));
  afterResult({ detail: { id: mine.id, slot } }, { ...now, activity: mine.activity, mark: false });
  return true;
}

const doing = () => (!shown.startsWith("open") ? "waiting" : host.querySelector(".lf-questionnaire") && !host.querySelector(".lf-result") ? "answering" : "sent");
const stateNow = () => ask(settings.here ? `state?here=${here}&doing=${doing()}` : "state");

// ---- the activity's timer: the server says how long is left, so that a phone's wrong clock does not matter
let ends = null;
function showTime() {
  const seconds = ends === null ? null : Math.round((ends - performance.now()) / 1000);
  const text = seconds === null ? "" : seconds <= 0 ? page.time_up : seconds <= 60 ? page.time_last : page.time_left.replace("{minutes}", Math.ceil(seconds / 60));
  const place = document.getElementById("time-left");
  if (place && place.textContent !== text) { place.textContent = text; place.hidden = !text; }
}

function takeTime(now) {
  ends = now.left === null || now.left === undefined ? null : performance.now() + 1000 * now.left;
  showTime();
}
setInterval(showTime, 1000);

async function look() {
  const { status, data } = await stateNow();
  if (status === 200) takeTime(data);
  const lost = host.querySelector(".note.warn[role=status]");
  if (status === 200) { if (lost) lost.hidden = true; await show(data); await live.picture(data, doing() === "answering", shown.startsWith("open late")); offerTakeHome(data); } else if (lost) lost.hidden = false;
  if (status === 404 && !host.querySelector(".lf-questionnaire")) location.reload(); // deleted: the server says so
}

let timer = 0;
function tick(wait = settings.poll * (0.8 + Math.random() * 0.4)) {
  clearTimeout(timer);
  timer = setTimeout(async () => { try { if (!document.hidden) await look(); } finally { tick(); } }, 1000 * wait);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(0); });
window.addEventListener("online", () => tick(0));
window.addEventListener("pagehide", () => {
  if (settings.here) fetch(`${settings.base}/state?here=${here}&doing=left`, { keepalive: true, credentials: "same-origin" }).catch(() => {}); // not heard: the count ends by itself
});
window.addEventListener("pageshow", (event) => { if (event.persisted) tick(0); });
takeTime(settings.now);
await show(settings.now);
await live.picture(settings.now, doing() === "answering", shown.startsWith("open late"));
offerTakeHome(settings.now);
host.dataset.ready = "true";
tick(0); // from now on this phone is counted
