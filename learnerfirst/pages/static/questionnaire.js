// The way through a questionnaire: consent, screens of questions, overview, sending, result.

class View extends Controls {
  constructor(model, el) {
    super();
    this.model = model;
    this.sheet = model.get("sheet");
    const own = ["today", "wanted", "same_as_today", "same_note", "cannot_say"].filter((name) => this.sheet.texts[name]);
    this.texts = { ...this.sheet.texts, ...model.get("texts"), ...Object.fromEntries(own.map((name) => [name, this.sheet.texts[name]])) };
    this.kept = keeper(model.get("storage_key"));
    this.sender = new Sender(model);
    this.screens = this.cut();
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

  // which questions stand on one screen: one, those of a section, or all
  cut() {
    const { layout, sections, questions } = this.sheet;
    const all = questions.map((_question, index) => index);
    if (layout === "quick") return [all];
    if (layout !== "sections") return all.map((index) => [index]);
    return sections.map((section) => section.questions.map((id) => questions.findIndex((one) => one.id === id)));
  }

  screenOf(question) {
    const index = this.sheet.questions.indexOf(question);
    return this.screens.findIndex((screen) => screen.includes(index));
  }

  first() {
    return this.model.get("consent")?.skip ? (this.sheet.intro && this.sheet.layout !== "quick" ? "intro" : 0) : "consent";
  }

  begin() {
    const draft = this.kept.read();
    const recall = this.model.get("recall");
    const resume = this.model.get("resume");
    this.state = { id: newKey(), answers: {}, unsure: {}, at: this.first(), keep: true, began: this.first() === "consent" ? 0 : Date.now() };
    if (resume) {
      const at = this.screens.length === 1 || !Object.keys(resume.answers).length ? 0 : "review";
      this.state = { ...this.state, id: resume.id, answers: { ...resume.answers }, at, began: Date.now() };
      this.changing = true;
    } else if (draft?.id && draft.answers && !draft.sent) this.state = { ...this.state, ...draft };
    else if (recall) { this.state.id = recall; this.showSending(); this.sender.start({ id: recall, recall: true }); return; }
    this.reversed = ALPHABET.indexOf(this.state.id[0]) % 2 === 1;
    if (this.state.at === "sending") this.submit();
    else this.show(this.state.at, false);
    if ((draft?.id || resume) && this.state.at !== "consent") this.say(this.t("restored"));
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
      if (typeof this.state.at === "number" || moved) this.show(this.state.at === "sending" ? (this.sheet.layout === "quick" ? 0 : "review") : this.state.at, false);
    }
  }

  // ---- steps
  show(at, focus = true) {
    this.state.at = at;
    const steps = { consent: () => this.consent(), intro: () => this.intro(), review: () => this.review() };
    const content = steps[at] ? steps[at]() : this.screen(Math.min(Math.max(0, Number(at) || 0), this.screens.length - 1));
    this.stage.replaceChildren(content);
    const heading = content.querySelector("[data-focus]");
    const asked = focus && this.wanted ? this.part_of(this.wanted) : null;
    delete this.wanted;
    if (asked) {
      asked.scrollIntoView({ block: "start" });
      (asked.querySelector("input:checked") ?? asked.querySelector("input, select, textarea, button"))?.focus({ preventScroll: true });
    } else if (focus && heading) {
      heading.focus({ preventScroll: true });
      this.root.scrollIntoView({ block: "start" });
    }
  }

  part_of(id) {
    return this.stage.querySelector(`[data-question="${id}"]`);
  }

  goTo(question) {
    this.wanted = this.screens[this.screenOf(question)].length > 1 ? question.id : undefined;
    this.go(this.screenOf(question));
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
      this.go(this.sheet.intro && this.sheet.layout !== "quick" ? "intro" : 0);
    };
    return h("section", { className: "card lf-card lf-consent" },
      this.heading(consent.title ?? this.sheet.title),
      h("p", {}, consent.text ?? ""),
      consent.room ? h("p", { className: "note" }, consent.room) : null,
      consent.more?.length ? h("details", {}, h("summary", {}, this.t("more")), consent.more.map((text) => h("p", { className: "small" }, text))) : null,
      h("div", { className: "lf-actions lf-stacked" }, choices.map((choice, index) =>
        h("button", { type: "button", className: index ? "button plain" : "button", onclick: () => start(choice.keep) }, choice.label))),
      h("p", { className: "small quiet lf-facts" }, [this.t(this.sheet.questions.length === 1 ? "count_question" : "count_questions", { total: this.sheet.questions.length }), this.sheet.status].filter(Boolean).join(" · ")));
  }

  intro() {
    return h("section", { className: "card lf-card" },
      this.heading(this.t("how_to_answer")),
      this.sheet.intro.split(/(?<=[.!?])\s+(?=[A-Z])/).map((text) => h("p", {}, text)),
      h("div", { className: "lf-actions" },
        this.first() === "consent" ? h("button", { type: "button", className: "button plain", onclick: () => this.go("consent") }, this.t("back")) : null,
        h("button", { type: "button", className: "button", onclick: () => this.go(0) }, this.t("first_question"))));
  }

  screen(at) {
    const questions = this.screens[at].map((index) => this.sheet.questions[index]);
    const quick = this.sheet.layout === "quick";
    const together = questions.length > 1;
    const section = this.sheet.sections.find((one) => one.questions.includes(questions[0].id));
    const parts = questions.map((question) => {
      const fields = h("div", { className: together ? "lf-fields lf-together" : "lf-fields", "data-question": question.id });
      this.drawFields(question, fields);
      const part = quick && this.sheet.sections.slice(1).find((one) => one.questions[0] === question.id);
      return part ? [h("div", { className: "lf-section-head" }, h("h3", {}, part.title), part.intro ? h("p", { className: "quiet" }, part.intro) : null), fields] : fields;
    }).flat();
    const later = this.sheet.layout === "sections" && this.model.get("changes");
    const onward = quick ? this.t(this.state.keep ? "send" : "show_result") : this.state.editing ? this.t("to_review") : this.t("next");
    const back = at === 0 && (quick || this.first() === 0) && this.first() !== "consent" ? null
      : h("button", { type: "button", className: "button plain", onclick: () => this.back(at) }, this.t("back"));
    const form = h("form", { className: "card lf-card", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.next(at); } },
      parts,
      h("p", { className: "lf-error note bad", role: "alert", hidden: true }),
      h("div", { className: "lf-actions" }, back, h("button", { type: "submit", className: "button" }, onward)),
      later ? h("div", { className: "lf-later-on" }, h("button", { type: "button", className: "button quiet-button", onclick: () => this.submit() }, this.t("save_later")),
        h("p", { className: "small quiet" }, this.t("save_later_hint"))) : null);
    const intro = section?.intro && section.questions[0] === questions[0].id ? h("p", { className: "quiet" }, section.intro) : null;
    const note = at === 0 && this.model.get("consent")?.skip ? h("p", { className: "small quiet lf-facts" }, this.model.get("consent").text ?? "") : null;
    return h("section", {}, this.progress(at, section, quick), intro, form, note);
  }

  progress(at, section, quick) {
    const total = this.screens.length;
    const words = quick ? this.sheet.title : this.t(this.sheet.layout === "sections" ? "section_progress" : "progress", { n: at + 1, total });
    return h("div", { className: "lf-progress" },
      h("h2", { className: quick ? "" : "lf-where", "data-focus": "", tabindex: "-1", id: "lf-where" },
        h("span", {}, words), section?.title && !quick ? h("span", { className: "quiet" }, ` · ${section.title}`) : null),
      quick ? null : h("progress", { max: String(total), value: String(at + 1), "aria-labelledby": "lf-where" }));
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
    const field = this.part_of(question.id)?.querySelector("input[type=number]");
    return question.kind === "number" && field && !field.validity.valid ? field : null;
  }

  complain(text) {
    const note = this.stage.querySelector(".lf-error");
    if (note) { note.textContent = text; note.hidden = !text; }
  }

  // a required question stops here until it has an answer; one with "I can't say" only the first time
  next(at) {
    const questions = this.screens[at].map((index) => this.sheet.questions[index]);
    for (const question of questions) if (this.stops(question)) return;
    const editing = this.state.editing;
    delete this.state.editing;
    if (this.sheet.layout === "quick") this.submit();
    else this.go(editing || at + 1 >= this.screens.length ? "review" : at + 1);
  }

  stops(question) {
    const wrong = this.wrong(question);
    const reminded = this.reminded === question.id;
    const lacking = this.lacks(question) || (question.cannot_say && !reminded ? this.open(question) : "");
    if (!lacking && !wrong) return false;
    const asked = lacking.endsWith("-wanted") ? this.t("wanted") : question.stem;
    const words = question.required ? (question.cannot_say ? "answer_or_cannot" : "answer_please") : "leave_open";
    this.reminded = question.id;
    this.complain(wrong ? this.t("number_between", { low: question.low ?? "−∞", high: question.high ?? "∞" }) : this.t(words, { question: asked }));
    (wrong ?? this.stage.querySelector(`[data-name="${lacking}"] :is(input, select, textarea, button)`))?.focus();
    return true;
  }

  back(at) {
    delete this.state.editing;
    this.go(at > 0 ? at - 1 : this.sheet.intro && this.sheet.layout !== "quick" ? "intro" : this.first());
  }

  words(question, perspective) {
    const value = this.value(question, perspective);
    const option = (id) => question.options.find((one) => one.id === id);
    if (value === SAME) return this.t("same_as_today");
    if (value === undefined) return "";
    if (question.kind === "ranked") return value.map((id, at) => `${at + 1}. ${option(id)?.text ?? id}`).join(", ");
    if (Array.isArray(value)) return value.map((id) => option(id)?.text ?? id).join(", ");
    return option(value)?.short || option(value)?.text || String(value);
  }

  review() {
    const needed = this.sheet.questions.filter((question) => this.lacks(question));
    const left = this.sheet.questions.filter((question) => question.cannot_say && this.open(question));
    const open = needed.length ? needed : left;
    const title = needed.length ? "still_open" : left.length === 1 ? "left_open_one" : left.length ? "left_open" : "ready";
    const row = (question) => {
      const asked = question.perspectives.length ? question.perspectives : [""];
      const given = asked.map((perspective) => this.words(question, perspective)).filter(Boolean).join(" → ");
      const none = open.includes(question) ? "not_answered" : question.cannot_say ? "cannot_say" : "skipped";
      const text = [given, open.includes(question) && given ? this.t("not_answered") : ""].filter(Boolean).join(" → ") || this.t(none);
      return h("li", { className: open.includes(question) ? "lf-open" : "" },
        h("span", { className: "small quiet" }, question.stem), h("span", { className: "lf-given" }, text),
        h("button", { type: "button", className: "button quiet-button", "aria-label": this.t("change_this", { question: question.stem }), onclick: () => { this.state.editing = true; this.goTo(question); } }, this.t("change")));
    };
    const answerOpen = () => { this.state.editing = open.length === 1; this.goTo(open[0]); };
    const send = h("button", { type: "button", className: open.length ? "button plain" : "button", onclick: () => this.submit() },
      this.t(open.length ? "send_anyway" : this.state.keep ? "send" : "show_result"));
    return h("section", { className: "lf-review" },
      this.heading(this.t(title, { n: open.length })),
      h("p", { className: "quiet" }, this.t(needed.length ? "still_open_hint" : left.length ? "left_open_hint" : "ready_hint")),
      h("div", { className: "lf-actions lf-stacked" },
        open.length ? h("button", { type: "button", className: "button", onclick: answerOpen }, this.t("answer_open")) : null,
        needed.length ? null : send),
      h("ol", { className: "card lf-list" }, this.sheet.questions.map(row)),
      h("p", {}, h("button", { type: "button", className: "button plain", onclick: () => this.go(this.screens.length - 1) }, this.t("back"))));
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
        recalled ? null : h("button", { type: "button", className: "button plain", onclick: () => this.go(this.sheet.layout === "quick" ? 0 : "review") }, this.t(this.sheet.layout === "quick" ? "back" : "to_review")),
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
