// The questionnaire front end: one plain ES module, two hosts (an anywidget in a kernel page, a plain page).
// It uses nothing of its host but get, set, on, off and save_changes of a model with these names:
//   in   sheet, texts, consent, storage_key, settings {first_wait, longest_wait, patience: seconds}, show_key
//   out  submission {id, answers, seconds, keep, attempt} or {id, recall: true, attempt}
//   in   outcome {id, phase: "saved" | "shown" | "offline" | "refused" | "gone", message, html, document}
// An answer is kept in localStorage until its outcome says "saved"; until then it is sent again with the same id.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base32
const SAME = "=same";
const CHOICES = ["single", "dropdown", "scale"];

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // 5 of each 8 bits: 80 bits in 16 letters
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join("");
}

export const grouped = (key) => key.replace(/(.{4})(?=.)/g, "$1-");

function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// ---- what a browser keeps: never fails, private windows keep it in memory only
function keeper(key) {
  let memory = null;
  return {
    key,
    read() {
      try { const text = key && localStorage.getItem(key); return text ? JSON.parse(text) : memory; } catch { return memory; }
    },
    write(value) {
      memory = value;
      try { if (key) localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
    },
    erase() {
      memory = null;
      try { if (key) localStorage.removeItem(key); } catch { /* a browser that keeps nothing has nothing to erase */ }
    },
  };
}

// ---- sends until it is acknowledged; the waits double up to the longest one, "online" ends a wait at once
class Sender {
  constructor(model) {
    this.model = model;
    this.timer = 0;
    this.attempt = 0;
    this.pending = null;
    this.now = () => { if (this.pending) this.send(); };
    window.addEventListener("online", this.now);
  }

  start(submission) {
    this.pending = submission;
    this.attempt = 0;
    this.send();
  }

  send() {
    clearTimeout(this.timer);
    this.attempt += 1;
    this.model.set("submission", { ...this.pending, attempt: `${this.attempt}-${Date.now()}` });
    this.model.save_changes();
    this.timer = setTimeout(() => this.again(), 1000 * (this.model.get("settings")?.patience ?? 10));
  }

  again() {
    clearTimeout(this.timer);
    if (!this.pending) return 0;
    const { first_wait: first = 1, longest_wait: longest = 20 } = this.model.get("settings") ?? {};
    const wait = Math.min(longest, first * 2 ** Math.min(this.attempt - 1, 8)) * (0.75 + Math.random() / 4);
    this.timer = setTimeout(this.now, 1000 * wait);
    return wait;
  }

  stop() {
    clearTimeout(this.timer);
    this.pending = null;
  }

  close() {
    this.stop();
    window.removeEventListener("online", this.now);
  }
}

class View {
  constructor(model, el) {
    this.model = model;
    this.sheet = model.get("sheet");
    const own = ["today", "wanted", "same_as_today", "same_note", "cannot_say"].filter((name) => this.sheet.texts[name]);
    this.texts = { ...this.sheet.texts, ...model.get("texts"), ...Object.fromEntries(own.map((name) => [name, this.sheet.texts[name]])) };
    this.kept = keeper(model.get("storage_key"));
    this.sender = new Sender(model);
    this.root = h("div", { className: "lf-questionnaire", lang: this.sheet.language });
    this.live = h("p", { className: "lf-status", role: "status", "aria-live": "polite" });
    this.stage = h("div", { className: "lf-stage" });
    this.root.append(this.stage, this.live);
    el.append(this.root);
    this.onOutcome = () => this.outcome(model.get("outcome"));
    this.onStorage = (event) => this.otherTab(event);
    model.on("change:outcome", this.onOutcome);
    window.addEventListener("storage", this.onStorage);
    this.begin();
  }

  close() {
    this.sender.close();
    this.model.off("change:outcome", this.onOutcome);
    window.removeEventListener("storage", this.onStorage);
    this.root.remove();
  }

  t(name, fills = {}) {
    return String(this.texts[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => fills[key] ?? all);
  }

  begin() {
    const draft = this.kept.read();
    const recall = this.model.get("recall");
    this.state = { id: newKey(), answers: {}, unsure: {}, at: "consent", keep: true, began: 0 };
    if (draft?.id && draft.answers && !draft.sent) this.state = { ...this.state, ...draft };
    else if (recall) { this.state.id = recall; this.showSending(); this.sender.start({ id: recall, recall: true }); return; }
    this.reversed = ALPHABET.indexOf(this.state.id[0]) % 2 === 1;
    if (this.state.at === "sending") this.submit();
    else this.show(this.state.at, false);
    if (draft?.id && this.state.at !== "consent") this.say(this.t("restored"));
  }

  save() {
    if (!this.kept.write(this.state)) this.say(this.t("not_kept"));
    else if (this.state.at !== "consent") this.say(this.t("kept_here"));
  }

  say(text) {
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  // another tab of the same phone works on the same draft: take over what it wrote, or that it was sent
  otherTab(event) {
    if (!this.kept.key || event.key !== this.kept.key || !event.newValue || this.done) return;
    const draft = this.kept.read() ?? JSON.parse(event.newValue);
    const written = JSON.parse(event.newValue);
    if (written.sent && written.id === this.state.id) {
      this.showSending();
      this.sender.start({ id: this.state.id, recall: true });
    } else if (draft.answers && !draft.sent) {
      const { at } = this.state;
      const moved = draft.id !== this.state.id || at === "consent";
      this.state = { ...draft, at: moved ? draft.at : at };
      this.reversed = ALPHABET.indexOf(this.state.id[0]) % 2 === 1;
      if (typeof this.state.at === "number" || moved) this.show(this.state.at === "sending" ? "review" : this.state.at, false);
    }
  }

  // ---- steps
  show(at, focus = true) {
    this.state.at = at;
    const steps = { consent: () => this.consent(), intro: () => this.intro(), review: () => this.review() };
    const content = steps[at] ? steps[at]() : this.card(Math.min(Math.max(0, Number(at) || 0), this.sheet.questions.length - 1));
    this.stage.replaceChildren(content);
    const heading = content.querySelector("[data-focus]");
    if (focus && heading) {
      heading.focus({ preventScroll: true });
      this.root.scrollIntoView({ block: "start" });
    }
  }

  go(at) {
    this.state.at = at;
    this.save();
    this.show(at);
  }

  heading(text, level = "h2") {
    return h(level, { "data-focus": "", tabindex: "-1" }, text);
  }

  consent() {
    const consent = this.model.get("consent") ?? {};
    const choices = consent.choices ?? [{ keep: true, label: this.t("start") }];
    const start = (keep) => {
      this.state.keep = keep;
      this.state.began = Date.now();
      this.go(this.sheet.intro ? "intro" : 0);
    };
    return h("section", { className: "card lf-card lf-consent" },
      this.heading(consent.title ?? this.sheet.title),
      h("p", {}, consent.text ?? ""),
      consent.room ? h("p", { className: "note" }, consent.room) : null,
      consent.more?.length ? h("details", {}, h("summary", {}, this.t("more")), consent.more.map((text) => h("p", { className: "small" }, text))) : null,
      h("div", { className: "lf-actions lf-stacked" }, choices.map((choice, index) =>
        h("button", { type: "button", className: index ? "button plain" : "button", onclick: () => start(choice.keep) }, choice.label))),
      h("p", { className: "small quiet lf-facts" }, [this.t("count_questions", { total: this.sheet.questions.length }), this.sheet.status].filter(Boolean).join(" · ")));
  }

  intro() {
    return h("section", { className: "card lf-card" },
      this.heading(this.t("how_to_answer")),
      this.sheet.intro.split(/(?<=[.!?])\s+(?=[A-Z])/).map((text) => h("p", {}, text)),
      h("div", { className: "lf-actions" },
        h("button", { type: "button", className: "button plain", onclick: () => this.go("consent") }, this.t("back")),
        h("button", { type: "button", className: "button", onclick: () => this.go(0) }, this.t("first_question"))));
  }

  card(index) {
    const question = this.sheet.questions[index];
    const total = this.sheet.questions.length;
    const section = this.sheet.sections.find((one) => one.questions.includes(question.id));
    const fields = h("div", { className: "lf-fields" });
    const form = h("form", { className: "card lf-card", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.next(index); } },
      fields,
      h("p", { className: "lf-error note bad", role: "alert", hidden: true }),
      h("div", { className: "lf-actions" },
        h("button", { type: "button", className: "button plain", onclick: () => this.back(index) }, this.t("back")),
        h("button", { type: "submit", className: "button" }, this.state.editing ? this.t("to_review") : this.t("next"))));
    this.drawFields(question, fields);
    const progress = h("div", { className: "lf-progress" },
      h("h2", { className: "lf-where", "data-focus": "", tabindex: "-1", id: "lf-where" },
        h("span", {}, this.t("progress", { n: index + 1, total })), section?.title ? h("span", { className: "quiet" }, ` · ${section.title}`) : null),
      h("progress", { max: String(total), value: String(index + 1), "aria-labelledby": "lf-where" }));
    const intro = section?.intro && section.questions[0] === question.id ? h("p", { className: "quiet" }, section.intro) : null;
    return h("section", {}, progress, intro, form);
  }

  // ---- one question: its perspectives below each other, the second once the first is answered
  drawFields(question, fields) {
    const asked = question.perspectives.length ? question.perspectives : [""];
    const unsure = Boolean(this.state.unsure[question.id]);
    const parts = [];
    asked.forEach((perspective, position) => {
      const open = position === 0 || (!unsure && this.value(question, asked[0]) !== undefined);
      if (open) parts.push(this.control(question, perspective, position, fields));
      if (position === 0 && question.cannot_say) parts.push(this.cannotSay(question, fields));
    });
    const focused = fields.contains(document.activeElement) ? document.activeElement.id : "";
    const grown = fields.childElementCount > 0 && !fields.querySelector(".lf-later");
    fields.replaceChildren(...parts);
    if (focused) fields.querySelector(`[id="${focused}"]`)?.focus({ preventScroll: true });
    if (grown) fields.querySelector(".lf-later")?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  value(question, perspective) {
    const given = this.state.answers[question.id];
    return perspective ? given?.[perspective] : given;
  }

  answer(question, perspective, value, fields, redraw = true) {
    const empty = value === undefined || value === "" || (Array.isArray(value) && !value.length);
    const answers = { ...this.state.answers };
    if (perspective) {
      const parts = { ...answers[question.id] };
      if (empty) delete parts[perspective]; else parts[perspective] = value;
      if (perspective === question.perspectives[0]) for (const [name, part] of Object.entries(parts)) if (name !== perspective && part === value) parts[name] = SAME;
      answers[question.id] = parts;
    } else if (empty) delete answers[question.id]; else answers[question.id] = value;
    this.state.answers = answers;
    const wasUnsure = this.state.unsure[question.id];
    if (!empty) delete this.state.unsure[question.id];
    this.save();
    this.complain("");
    if (redraw || wasUnsure) this.drawFields(question, fields);
  }

  cannotSay(question, fields) {
    const id = `lf-${question.id}-unsure`;
    const change = (event) => {
      if (event.target.checked) { this.state.unsure[question.id] = true; const { [question.id]: _, ...rest } = this.state.answers; this.state.answers = rest; }
      else delete this.state.unsure[question.id];
      this.save();
      this.complain("");
      this.drawFields(question, fields);
    };
    return h("label", { className: "option lf-unsure", for: id },
      h("input", { type: "checkbox", id, checked: Boolean(this.state.unsure[question.id]), onchange: change }), h("span", {}, this.t("cannot_say")));
  }

  control(question, perspective, position, fields) {
    const name = `lf-${question.id}-${perspective || "answer"}`;
    const later = position > 0;
    const label = later ? this.t(perspective) : question.stem;
    const help = later ? (CHOICES.includes(question.kind) ? this.t("same_note") : "") : question.help || (perspective ? this.t(perspective) : "");
    const draw = { single: "radios", scale: "scale", several: "checkboxes", dropdown: "dropdown", number: "number", short_text: "text", long_text: "text" }[question.kind];
    const inner = this[draw](question, perspective, name, later, fields);
    const noteId = help ? `${name}-help` : undefined;
    const note = help ? h("p", { id: noteId, className: "quiet small lf-help" }, help) : null;
    const lead = !later && this.sheet.lead ? h("span", { className: "lf-lead" }, this.sheet.lead) : null;
    if (["dropdown", "number", "short_text", "long_text"].includes(question.kind)) {
      if (noteId) inner.querySelector("select,input,textarea").setAttribute("aria-describedby", noteId);
      return this.part(later, h("div", { className: "lf-part", "data-name": name }, h("label", { className: "lf-legend", for: name }, lead, label), note, inner));
    }
    return this.part(later, h("fieldset", { className: "lf-part", "data-name": name, "aria-describedby": noteId }, h("legend", { className: "lf-legend" }, lead, label), note, inner));
  }

  part(later, content) {
    return later ? h("div", { className: "lf-later" }, content) : content;
  }

  // behaviour first, what it often gives and costs in a quieter voice; the words stay the same
  optionText(text) {
    const at = text.indexOf(": ");
    return at < 0 ? [text] : [h("span", {}, text.slice(0, at + 1)), " ", h("span", { className: "lf-detail" }, text.slice(at + 2))];
  }

  options(question) {
    return this.reversed ? [...question.options].reverse() : question.options;
  }

  optionRow(type, name, value, checked, onchange, ...content) {
    const id = `${name}-${value}`;
    return h("label", { className: "option", for: id }, h("input", { type, name, id, value: String(value), checked, onchange }), h("span", {}, ...content));
  }

  radios(question, perspective, name, later, fields) {
    const current = this.value(question, perspective);
    const today = later ? this.value(question, question.perspectives[0]) : undefined;
    const pick = (event) => this.answer(question, perspective, event.target.value, fields, !later);
    const both = (option) => {
      const [short, text] = [option.short, option.text];
      if (!short || short === text) return [text];
      const rest = text.toLowerCase().startsWith(`${short.toLowerCase()}: `) ? text.slice(short.length + 2) : text;
      return [h("b", {}, short), h("span", { className: "visually-hidden" }, rest === text ? ". " : ": "), h("span", { className: "lf-detail" }, rest)];
    };
    const rows = this.options(question).filter((option) => option.id !== today)
      .map((option) => this.optionRow("radio", name, option.id, current === option.id, pick, ...(later ? both(option) : this.optionText(option.text))));
    if (later) {
      const same = question.options.find((option) => option.id === today);
      rows.unshift(this.optionRow("radio", name, SAME, current === SAME, pick, h("b", {}, this.t("same_as_today")), same ? h("span", { className: "lf-detail" }, same.text) : null));
    }
    return h("div", {}, rows);
  }

  scale(question, perspective, name, later, fields) {
    const current = this.value(question, perspective);
    const [low, high] = question.anchors ?? ["", ""];
    const pick = (event) => this.answer(question, perspective, event.target.value === SAME ? SAME : Number(event.target.value), fields, !later);
    const numbers = Array.from({ length: question.high - question.low + 1 }, (_, step) => question.low + step);
    const word = (number) => (number === question.low ? low : number === question.high ? high : "");
    return h("div", {},
      later ? this.optionRow("radio", name, SAME, current === SAME, pick, h("b", {}, this.t("same_as_today"))) : null,
      h("div", { className: "lf-scale" }, numbers.map((number) => this.optionRow("radio", name, number, current === number, pick, String(number),
        word(number) ? h("span", { className: "visually-hidden" }, ` ${word(number)}`) : null))),
      low || high ? h("p", { className: "lf-anchors small quiet", "aria-hidden": "true" }, h("span", {}, low), h("span", {}, high)) : null);
  }

  checkboxes(question, perspective, name, later, fields) {
    const current = this.value(question, perspective) ?? [];
    const pick = (event) => {
      const chosen = new Set(this.value(question, perspective) ?? []);
      if (event.target.checked) chosen.add(event.target.value); else chosen.delete(event.target.value);
      this.answer(question, perspective, question.options.map((option) => option.id).filter((id) => chosen.has(id)), fields);
    };
    return h("div", {}, this.options(question).map((option) => this.optionRow("checkbox", name, option.id, current.includes(option.id), pick, option.text)));
  }

  dropdown(question, perspective, name, later, fields) {
    const current = this.value(question, perspective);
    const pick = (event) => this.answer(question, perspective, event.target.value, fields, !later);
    const rows = question.options.map((option) => h("option", { value: option.id, selected: current === option.id }, option.text));
    if (later) rows.unshift(h("option", { value: SAME, selected: current === SAME }, this.t("same_as_today")));
    return h("div", {}, h("select", { id: name, onchange: pick }, h("option", { value: "" }, this.t("choose")), rows));
  }

  number(question, perspective, name, later, fields) {
    const pick = (event) => this.typed(question, perspective, Number.isNaN(event.target.valueAsNumber) ? undefined : event.target.valueAsNumber, later, fields);
    return h("div", {}, h("input", { type: "number", id: name, inputmode: "decimal", step: "any", min: question.low === null ? null : String(question.low),
      max: question.high === null ? null : String(question.high), value: String(this.value(question, perspective) ?? ""), oninput: pick }));
  }

  text(question, perspective, name, later, fields) {
    const limit = question.max_length;
    const value = this.value(question, perspective) ?? "";
    const left = h("p", { className: "small quiet lf-left" }, this.t("letters_left", { n: limit - [...value].length }));
    const type = (event) => {
      left.textContent = this.t("letters_left", { n: limit - [...event.target.value].length });
      this.typed(question, perspective, event.target.value, later, fields);
    };
    const field = h(question.kind === "long_text" ? "textarea" : "input", { id: name, maxlength: String(limit), oninput: type });
    if (question.kind === "short_text") field.type = "text";
    field.value = value;
    return h("div", {}, field, left);
  }

  // while someone types, nothing moves: a button that moves away under a finger is never pressed
  typed(question, perspective, value, later, fields) {
    this.answer(question, perspective, value, fields, Boolean(perspective) && !later && !fields.querySelector(".lf-later"));
  }

  // ---- moving on
  lacks(question) {
    return question.required ? this.open(question) : "";
  }

  // the first part of a question that has no answer, by the name of its field; "I can't say" answers all parts
  open(question) {
    if (this.state.unsure[question.id]) return "";
    const asked = question.perspectives.length ? question.perspectives : [""];
    return asked.map((perspective) => `lf-${question.id}-${perspective || "answer"}`).find((_, at) => this.value(question, asked[at]) === undefined) ?? "";
  }

  wrong(question) {
    const field = this.stage.querySelector("input[type=number]");
    return question.kind === "number" && field && !field.validity.valid ? field : null;
  }

  complain(text) {
    const note = this.stage.querySelector(".lf-error");
    if (note) { note.textContent = text; note.hidden = !text; }
  }

  // a required question stops here until it has an answer; one with "I can't say" only the first time
  next(index) {
    const question = this.sheet.questions[index];
    const wrong = this.wrong(question);
    const reminded = this.reminded === question.id;
    const lacking = this.lacks(question) || (question.cannot_say && !reminded ? this.open(question) : "");
    if (lacking || wrong) {
      const asked = lacking.endsWith("-wanted") ? this.t("wanted") : question.stem;
      const words = question.required ? (question.cannot_say ? "answer_or_cannot" : "answer_please") : "leave_open";
      this.reminded = question.id;
      this.complain(wrong ? this.t("number_between", { low: question.low ?? "−∞", high: question.high ?? "∞" }) : this.t(words, { question: asked }));
      (wrong ?? this.stage.querySelector(`[data-name="${lacking}"] :is(input, select, textarea)`))?.focus();
      return;
    }
    const editing = this.state.editing;
    delete this.state.editing;
    this.go(editing || index + 1 >= this.sheet.questions.length ? "review" : index + 1);
  }

  back(index) {
    delete this.state.editing;
    this.go(index > 0 ? index - 1 : this.sheet.intro ? "intro" : "consent");
  }

  words(question, perspective) {
    const value = this.value(question, perspective);
    const option = (id) => question.options.find((one) => one.id === id);
    if (value === SAME) return this.t("same_as_today");
    if (value === undefined) return "";
    if (Array.isArray(value)) return value.map((id) => option(id)?.text ?? id).join(", ");
    return option(value)?.short || option(value)?.text || String(value);
  }

  review() {
    const needed = this.sheet.questions.filter((question) => this.lacks(question));
    const left = this.sheet.questions.filter((question) => question.cannot_say && this.open(question));
    const open = needed.length ? needed : left;
    const title = needed.length ? "still_open" : left.length === 1 ? "left_open_one" : left.length ? "left_open" : "ready";
    const row = (question, index) => {
      const asked = question.perspectives.length ? question.perspectives : [""];
      const given = asked.map((perspective) => this.words(question, perspective)).filter(Boolean).join(" → ");
      const none = open.includes(question) ? "not_answered" : question.cannot_say ? "cannot_say" : "skipped";
      const text = [given, open.includes(question) && given ? this.t("not_answered") : ""].filter(Boolean).join(" → ") || this.t(none);
      return h("li", { className: open.includes(question) ? "lf-open" : "" },
        h("span", { className: "small quiet" }, question.stem), h("span", { className: "lf-given" }, text),
        h("button", { type: "button", className: "button quiet-button", "aria-label": this.t("change_this", { question: question.stem }), onclick: () => { this.state.editing = true; this.go(index); } }, this.t("change")));
    };
    const answerOpen = () => { this.state.editing = open.length === 1; this.go(this.sheet.questions.indexOf(open[0])); };
    const send = h("button", { type: "button", className: open.length ? "button plain" : "button", onclick: () => this.submit() },
      this.t(open.length ? "send_anyway" : this.state.keep ? "send" : "show_result"));
    return h("section", { className: "lf-review" },
      this.heading(this.t(title, { n: open.length })),
      h("p", { className: "quiet" }, this.t(needed.length ? "still_open_hint" : left.length ? "left_open_hint" : "ready_hint")),
      h("div", { className: "lf-actions lf-stacked" },
        open.length ? h("button", { type: "button", className: "button", onclick: answerOpen }, this.t("answer_open")) : null,
        needed.length ? null : send),
      h("ol", { className: "card lf-list" }, this.sheet.questions.map(row)),
      h("p", {}, h("button", { type: "button", className: "button plain", onclick: () => this.go(this.sheet.questions.length - 1) }, this.t("back"))));
  }

  // ---- sending, and what came of it
  sheetAnswers() {
    const answers = {};
    for (const question of this.sheet.questions) {
      const given = this.state.answers[question.id];
      if (given === undefined || this.state.unsure[question.id]) continue;
      if (!question.perspectives.length) { answers[question.id] = given; continue; }
      const today = given[question.perspectives[0]];
      const parts = Object.entries(given).map(([name, value]) => [name, value === SAME ? today : value]).filter(([, value]) => value !== undefined);
      if (parts.length) answers[question.id] = Object.fromEntries(parts);
    }
    return answers;
  }

  submit() {
    this.state.at = "sending";
    this.save();
    this.showSending();
    const seconds = this.state.began ? Math.round((Date.now() - this.state.began) / 1000) : 0;
    this.sender.start({ id: this.state.id, answers: this.sheetAnswers(), seconds, keep: this.state.keep !== false });
  }

  showSending() {
    this.stage.replaceChildren(h("section", { className: "card lf-card lf-sending" },
      this.heading(this.t("sending")), h("p", { className: "lf-wait" }, this.t("sending_hint")),
      h("div", { className: "lf-actions" }, h("button", { type: "button", className: "button plain", hidden: true, onclick: this.sender.now }, this.t("try_now")))));
    this.stage.querySelector("[data-focus]").focus({ preventScroll: true });
    this.say("");
  }

  outcome(outcome) {
    if (!outcome || outcome.id !== this.state.id || !this.sender.pending) return;
    if (outcome.phase === "offline") this.offline(outcome);
    else if (outcome.phase === "refused" || outcome.phase === "gone") this.refused(outcome);
    else this.finished(outcome);
  }

  offline(outcome) {
    this.sender.again();
    const text = outcome.message || this.t("offline");
    if (outcome.html) this.result(outcome);
    else if (this.stage.querySelector(".lf-wait")) {
      this.stage.querySelector("[data-focus]").textContent = this.t("waiting");
      this.stage.querySelector(".lf-wait").textContent = text;
      this.stage.querySelector("button").hidden = false;
    }
    this.say(outcome.html ? text : "");
  }

  refused(outcome) {
    this.sender.stop();
    const recalled = outcome.phase === "gone";
    if (recalled) this.kept.erase();
    this.stage.replaceChildren(h("section", { className: "card lf-card" },
      this.heading(this.t(recalled ? "gone" : "refused")), h("p", { className: recalled ? "" : "note warn" }, outcome.message || this.t("refused_hint")),
      h("div", { className: "lf-actions" },
        recalled ? null : h("button", { type: "button", className: "button plain", onclick: () => this.go("review") }, this.t("to_review")),
        recalled ? null : h("button", { type: "button", className: "button", onclick: () => this.submit() }, this.t("try_now")))));
    this.stage.querySelector("[data-focus]").focus({ preventScroll: true });
    this.say("");
    this.tell("lf:refused", { id: this.state.id, slot: this.stage.firstChild, gone: recalled });
  }

  finished(outcome) {
    this.sender.stop();
    this.done = true;
    if (this.kept.read()?.id === this.state.id) { this.kept.write({ id: this.state.id, sent: true }); this.kept.erase(); }
    this.result(outcome);
    this.say(outcome.message || this.t(outcome.phase === "shown" ? "shown" : "saved"));
  }

  result(outcome) {
    if (this.stage.querySelector(".lf-result")) return;
    const slot = h("div", { className: "lf-after" });
    const body = h("div", { className: "lf-own" });
    body.innerHTML = outcome.html ?? ""; // made and escaped by own_result.py
    const key = this.model.get("show_key") && outcome.phase !== "shown" ? h("section", { className: "card lf-card lf-key" },
      h("h2", {}, this.t("key_title")), h("p", {}, this.t("key_hint")), h("p", { className: "code lf-code" }, grouped(this.state.id))) : null;
    const saved = outcome.document ? h("p", {}, h("a", { className: "button plain", download: "learner-power.html",
      href: URL.createObjectURL(new Blob([outcome.document], { type: "text/html" })) }, this.t("download"))) : null;
    this.stage.replaceChildren(h("div", { className: "lf-result reveal", role: "region", "aria-live": "polite", "aria-label": this.t("your_result") },
      this.heading(this.t(outcome.phase === "saved" ? "thanks" : "your_result")), body, key, saved, slot));
    this.stage.querySelector("[data-focus]").focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "start" });
    this.tell("lf:result", { id: this.state.id, slot, result: body });
  }

  tell(name, detail) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

export default {
  render({ model, el }) {
    const view = new View(model, el);
    return () => view.close();
  },
};
