// Typing printed sheets in: a letter or digit fills a field and goes on, Enter goes on, in the last field it saves.
const form = document.getElementById("paper");
const { texts, address } = JSON.parse(document.body.dataset.settings);
const fields = [...form.querySelectorAll("input")];
const wrong = document.getElementById("wrong");
const last = document.getElementById("last");
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS = "abcdefgh";
let key = newKey(); // of the sheet that is being typed: sent again, it still counts once
let done = "";
let count = 0;

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET[byte & 31]).join("");
}

const optionsOf = (field) => field.closest(".row").dataset.options.split(",");
const isLater = (field) => field.previousElementSibling?.tagName === "INPUT";

// what a key means in a field: a letter, the same as a digit, "s" or "=" for "same as today", "-" for left open
function meant(field, typed) {
  const at = /[1-8]/.test(typed) ? Number(typed) - 1 : LETTERS.indexOf(typed);
  if (at >= 0 && at < optionsOf(field).length) return LETTERS[at];
  if (isLater(field) && (typed === "s" || typed === "=")) return "s";
  return typed === "-" || typed === " " ? "" : null;
}

function complain(text, field) {
  wrong.textContent = text;
  wrong.hidden = !text;
  for (const one of fields) one.removeAttribute("aria-invalid");
  if (field) field.setAttribute("aria-invalid", "true");
}

function echo(row) {
  const shorts = row.dataset.shorts.split("\n");
  const [today, later] = [...row.querySelectorAll("input")].map((field) => field.value);
  const words = (letter) => (letter === "s" ? texts.same : letter ? shorts[LETTERS.indexOf(letter)] : texts.left_open);
  row.querySelector(".echo").textContent = today || later ? [words(today), later ? words(later) : ""].filter(Boolean).join(" → ") : "";
}

function onward(field, step = 1) {
  const next = fields[fields.indexOf(field) + step];
  if (next) { next.focus(); next.select(); } else if (step > 0) form.querySelector("[type=submit]").focus();
}

function put(field, typed) {
  const letter = meant(field, typed.toLowerCase());
  field.value = letter ?? "";
  echo(field.closest(".row"));
  if (letter === null) { complain(texts.wrong_letter.replace("{typed}", typed).replace("{last}", LETTERS[optionsOf(field).length - 1]), field); return; }
  complain("");
  onward(field);
}

form.addEventListener("input", (event) => { const typed = event.target.value.slice(-1); if (typed) put(event.target, typed); else echo(event.target.closest(".row")); });
form.addEventListener("focusin", (event) => event.target.select?.());
form.addEventListener("keydown", (event) => {
  const field = event.target;
  if (field.tagName !== "INPUT") return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.ctrlKey || field === fields.at(-1)) save(); else onward(field);
  } else if (event.key === "Backspace" && !field.value) { event.preventDefault(); onward(field, -1); } else if (event.key === "ArrowDown") onward(field, 1);
  else if (event.key === "ArrowUp") onward(field, -1);
});

function answers() {
  const found = {};
  for (const field of fields) {
    const { question, part } = field.dataset;
    const ids = optionsOf(field);
    let letter = field.value;
    if (letter === "s") letter = field.previousElementSibling.value;
    if (!letter) continue;
    const id = ids[LETTERS.indexOf(letter)];
    if (part) found[question] = { ...found[question], [part]: id }; else found[question] = id;
  }
  return found;
}

async function post(values) {
  const token = document.cookie.split("; ").find((one) => one.startsWith("_xsrf="))?.slice(6) ?? "";
  try {
    const reply = await fetch(address, { method: "POST", body: JSON.stringify(values), headers: { "Content-Type": "application/json", "X-XSRFToken": token } });
    return reply.status;
  } catch { return 0; }
}

function empty() {
  form.reset();
  for (const row of form.querySelectorAll(".row")) echo(row);
  complain("");
  fields[0].focus();
}

async function save() {
  const given = answers();
  const orphan = fields.find((field) => field.value === "s" && !field.previousElementSibling.value);
  if (!Object.keys(given).length || orphan) { complain(texts.empty, orphan ?? fields[0]); (orphan ?? fields[0]).focus(); return; }
  const status = await post({ id: key, answers: given });
  if (status !== 200) { complain(status === 410 ? texts.closed : status === 0 || status >= 500 ? texts.offline : texts.refused); return; }
  done = key;
  key = newKey();
  count += 1;
  last.hidden = false;
  document.getElementById("key").textContent = done.replace(/(.{4})(?=.)/g, "$1-");
  document.getElementById("saved").textContent = (count === 1 ? texts.saved_one : texts.saved_many).replace("{count}", count);
  empty();
}

form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
form.addEventListener("reset", () => queueMicrotask(() => { for (const row of form.querySelectorAll(".row")) echo(row); complain(""); fields[0].focus(); }));
document.getElementById("undo").addEventListener("click", async () => {
  const status = await post({ id: done, undo: true });
  if (status !== 200) { complain(texts.offline); return; }
  count -= 1;
  last.hidden = true;
  document.getElementById("status").textContent = texts.undone;
  fields[0].focus();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) empty(); });
empty();
