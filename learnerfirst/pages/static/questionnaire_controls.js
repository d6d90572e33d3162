// How one question is drawn, by its kind. The model of a control: `question`, one of its perspectives ("" where it has none), the `name` of its
// field, `later` for a second perspective, and `fields`, the place that is drawn anew when an answer changes what is asked.

class Controls {
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
    const help = question.kind === "ranked" && !question.help ? this.t("rank_hint") : later ? (CHOICES.includes(question.kind) ? this.t("same_note") : "") : question.help || (perspective ? this.t(perspective) : "");
    const draw = { single: "radios", levels: "levels", scale: "scale", several: "checkboxes", ranked: "ranked", dropdown: "dropdown", number: "number", short_text: "text", long_text: "text" }[question.kind];
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

  // levels of a skill: their names with what one does there; what is no level ("not assessed") stands apart
  levels(question, perspective, name, later, fields) {
    const current = this.value(question, perspective);
    const pick = (event) => this.answer(question, perspective, event.target.value, fields, false);
    const row = (option) => this.optionRow("radio", name, option.id, current === option.id, pick,
      ...(option.short && option.short !== option.text ? [h("b", {}, option.short), h("span", { className: "visually-hidden" }, ": "), h("span", { className: "lf-detail" }, option.text)] : [option.text]));
    const apart = (option) => NO_LEVEL.includes(option.id);
    return h("div", { className: "lf-levels" }, question.options.filter((option) => !apart(option)).map(row),
      h("div", { className: "lf-apart" }, question.options.filter(apart).map(row)));
  }

  // an order: tap the first choice, then the next; what is in the order can be moved and taken out
  ranked(question, perspective, name, later, fields) {
    const order = this.value(question, perspective) ?? [];
    const texts = Object.fromEntries(question.options.map((option) => [option.id, option.text]));
    const put = (changed, said, focus) => {
      this.answer(question, perspective, changed, fields);
      (focus.map((id) => document.getElementById(`${name}-${id}`)).find((button) => button && !button.disabled) ?? document.getElementById(`${name}-order`))?.focus();
      this.say(said);
    };
    const said = (id, changed) => this.t("rank_said", { option: texts[id], place: changed.indexOf(id) + 1, total: changed.length });
    const move = (id, by) => {
      const changed = order.filter((one) => one !== id);
      changed.splice(order.indexOf(id) + by, 0, id);
      put(changed, said(id, changed), by < 0 ? [`up-${id}`, `down-${id}`] : [`down-${id}`, `up-${id}`]);
    };
    const add = (id) => {
      const rest = this.options(question).map((option) => option.id).filter((one) => one !== id && !order.includes(one));
      put([...order, id], said(id, [...order, id]), rest.map((one) => `add-${one}`));
    };
    const drop = (id) => put(order.filter((one) => one !== id), this.t("rank_dropped", { option: texts[id] }), [`add-${id}`]);
    const button = (act, id, sign, words, run, off = false) => h("button", { type: "button", className: "button plain lf-rank-button", id: `${name}-${act}-${id}`, "aria-label": words, disabled: off, onclick: run }, sign);
    const placed = order.map((id, at) => h("li", {}, h("span", { className: "lf-place", "aria-hidden": "true" }, `${at + 1}`), h("span", { className: "lf-ranked-name" }, texts[id] ?? id),
      h("span", { className: "lf-rank-buttons" },
        button("up", id, "↑", this.t("rank_up", { option: texts[id], place: at }), () => move(id, -1), at === 0),
        button("down", id, "↓", this.t("rank_down", { option: texts[id], place: at + 2 }), () => move(id, 1), at === order.length - 1),
        button("drop", id, "✕", this.t("rank_drop", { option: texts[id] }), () => drop(id)))));
    const rest = this.options(question).filter((option) => !order.includes(option.id)).map((option) =>
      h("li", {}, h("button", { type: "button", className: "option lf-rank-add", id: `${name}-add-${option.id}`, "aria-label": this.t("rank_add", { option: option.text, place: order.length + 1 }), onclick: () => add(option.id) },
        h("span", { className: "lf-place", "aria-hidden": "true" }, "+"), h("span", {}, option.text))));
    return h("div", { className: "lf-ranked" },
      h("p", { className: "small lf-rank-title", id: `${name}-order`, tabindex: "-1" }, order.length ? this.t("rank_order") : this.t("rank_none")),
      placed.length ? h("ol", { className: "lf-order", "aria-labelledby": `${name}-order` }, placed) : null,
      rest.length && placed.length ? h("p", { className: "small lf-rank-title", id: `${name}-rest` }, this.t("rank_rest")) : null,
      rest.length ? h("ul", { className: "lf-rest" }, rest) : null);
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
}
