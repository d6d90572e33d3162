// The live room on a phone: the picture after the reveal, a way in for who comes late, and "guess the room".
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function liveRoom({ settings, ask, element, host }) {
  const { words } = settings;
  let version = "";
  const find = (id) => document.getElementById(id);

  // ---- the picture that the projector shows: above what is on the screen, never over a sheet under somebody's hands
  async function picture(now, answering, late) {
    if (now.state !== "open") find("guess-room")?.remove();
    if (!now.picture || answering) { find("room-picture")?.remove(); version = ""; }
    if (!now.picture || !answering || late || now.state !== "revealed") find("late-note")?.remove();
    else if (!find("late-note")) host.before(element("p", { id: "late-note", class: "note", role: "status" }, words.late_note));
    const wanted = `${now.activity} ${now.picture}`;
    if (!now.picture || answering || version === wanted) return;
    version = wanted;
    const { status, data } = await ask("picture");
    if (status !== 200 || version !== wanted) { if (version === wanted) version = ""; return; }
    const shown = element("div", { id: "room-picture", class: "lf-questionnaire", role: "region", "aria-live": "polite", "aria-label": words.picture_label });
    const body = element("div", { class: "lf-own reveal" });
    body.innerHTML = data.html; // drawn and escaped by room_picture.py
    shown.append(body);
    find("room-picture")?.remove();
    host.before(shown);
  }

  function late(start) {
    return element("section", { class: "card lf-card hello" }, element("h2", {}, words.late_title), element("p", { class: "quiet" }, words.late_hint),
      element("button", { type: "button", class: "button plain wide", click: start }, words.late_button));
  }

  // ---- guess the room: two taps; the guess has a key of its own, which this page forgets
  function guess(now, questions, done) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const id = Array.from(bytes, (byte) => ALPHABET[byte & 31]).join("");
    const places = {};
    const card = element("section", { id: "guess-room", class: "card lf-card", role: "group", "aria-labelledby": "guess-title" });
    const say = (text, ...more) => {
      card.replaceChildren(element("h2", { id: "guess-title", tabindex: "-1" }, words.guess_title), element("p", { role: "status" }, text), ...more);
      card.firstChild.focus({ preventScroll: true });
    };
    const send = async () => {
      say(words.guess_sending);
      const { status } = await ask("guess", { id, activity: now.activity, guess: places });
      if (status === 200) { done(); say(words.guess_sent); } else if (status === 410 || status === 404) say(words.guess_late);
      else say(words.guess_offline, element("button", { type: "button", class: "button plain wide", click: send }, words.guess_again));
    };
    const step = (at, focus) => {
      const name = ["today", "wanted"][at];
      const options = bytes[0] % 2 ? [...questions[at].options].reverse() : questions[at].options;
      const taps = options.map((option) => element("button", { type: "button", class: "button plain wide lf-guess", click: () => { places[name] = option.id; if (at) send(); else step(1, true); } }, option.text));
      const back = at ? element("button", { type: "button", class: "button quiet-button", click: () => step(0, true) }, words.guess_back) : null;
      const stem = element("h3", { id: "guess-stem", tabindex: "-1" }, questions[at].stem);
      card.replaceChildren(...[element("h2", { id: "guess-title" }, words.guess_title), at ? null : element("p", { class: "quiet" }, words.guess_hint), stem,
        element("div", { class: "lf-stacked", role: "group", "aria-labelledby": "guess-stem" }, ...taps), back, element("p", { class: "small quiet" }, words.guess_private)].filter(Boolean));
      if (focus) stem.focus({ preventScroll: true });
    };
    step(0, false);
    return card;
  }

  return { picture, late, guess };
}
