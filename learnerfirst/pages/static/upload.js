// A file on its way to the workbook's inbox: by HTTP, with progress, so that its size is no matter of the page's socket.
const fill = (text, words) => text.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) || "";

function place() {
  try {
    return JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
  } catch {
    return "";
  }
}

function make(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function render({ model, el }) {
  const texts = model.get("texts"), id = `lf-upload-${Math.random().toString(36).slice(2, 12)}`; // each field has a copy of this module: no counter tells them apart
  const field = make("input", { type: "file", id, accept: texts.accept || ".csv,.tsv,.txt,.xlsx,.xlsm", "aria-describedby": `${id}-hint` });
  const label = make("label", { for: id }, texts.label);
  const drop = make("div", { class: "lf-drop" }, field, label, make("span", { class: "lf-or" }, texts.drop));
  const hint = make("p", { class: "lf-hint", id: `${id}-hint` }, texts.hint);
  const bar = make("progress", { max: "100", value: "0", "aria-label": texts.label });
  const stop = make("button", { type: "button" }, texts.cancel);
  const going = make("div", { class: "lf-going" }, bar, stop);
  const status = make("p", { role: "status" });
  const wrong = make("p", { role: "alert" });
  const root = make("div", { class: "lf-upload" }, drop, hint, going, status, wrong);
  going.hidden = true;
  let request = null;

  const end = (said, failed) => {
    request = null;
    going.hidden = true;
    field.disabled = false;
    field.value = "";
    status.textContent = failed ? "" : said;
    wrong.textContent = failed ? said : "";
  };

  const answered = (asked) => {
    let told = {};
    try { told = JSON.parse(asked.responseText); } catch { /* an error page: the words below say it */ }
    if (asked.status !== 200 || !told.name) return end(told.message || texts.offline, true);
    end(fill(texts.done, { name: told.title }), false);
    model.set("uploaded", { ...told, attempt: Date.now() });
    model.save_changes();
  };

  const send = (file) => {
    if (request || !file) return;
    const base = place();
    wrong.textContent = status.textContent = "";
    if (!base) return end(texts.no_place, true);
    if (file.size === 0) return end(texts.refused.empty, true);
    const largest = model.get("largest"), megabytes = (bytes) => Math.ceil(bytes / 1e6).toLocaleString("en");
    if (file.size > largest) return end(fill(texts.refused.too_large, { found: megabytes(file.size), allowed: megabytes(largest) }), true);
    const asked = (request = new XMLHttpRequest());
    let told = -1;
    asked.upload.onprogress = (event) => {
      const percent = Math.floor((100 * event.loaded) / (event.total || file.size));
      bar.value = percent;
      // spoken at each quarter only
      if (Math.floor(percent / 25) !== told) { told = Math.floor(percent / 25); status.textContent = fill(texts.sending, { name: file.name, percent }); }
    };
    asked.onload = () => answered(asked);
    asked.onerror = asked.ontimeout = () => end(texts.offline, true);
    asked.onabort = () => end(texts.cancelled, false);
    asked.open("POST", `${base}inbox?name=${encodeURIComponent(file.name)}`);
    asked.setRequestHeader("X-XSRFToken", cookie("_xsrf"));
    asked.setRequestHeader("Content-Type", "application/octet-stream");
    bar.value = 0;
    going.hidden = false;
    field.disabled = true;
    status.textContent = fill(texts.sending, { name: file.name, percent: 0 });
    asked.send(file);
  };

  const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("lf-over", on); };
  field.addEventListener("change", () => send(field.files[0]));
  stop.addEventListener("click", () => { request?.abort(); field.focus(); });
  drop.addEventListener("dragenter", over(true));
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    const files = event.dataTransfer?.files || [];
    if (files.length > 1) return end(texts.several, true);
    send(files[0]);
  });
  el.replaceChildren(root);
  return () => request?.abort();
}

export default { render };
