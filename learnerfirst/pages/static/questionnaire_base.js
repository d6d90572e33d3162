// The questionnaire front end: one plain ES module, two hosts (an anywidget in a kernel page, a plain page).
// It uses nothing of its host but get, set, on, off and save_changes of a model with these names:
//   in   sheet, texts, consent, changes, resume {id, answers} (what was stored, to be changed), storage_key, settings {first_wait, longest_wait, patience: seconds}, show_key
//   out  submission {id, answers, seconds, keep, attempt} or {id, recall: true, attempt}
//   in   outcome {id, phase: "saved" | "shown" | "offline" | "refused" | "gone", message, html, document}
// An answer is kept in localStorage until its outcome says "saved"; until then it is sent again with the same id.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base32
const SAME = "=same";
const CHOICES = ["single", "dropdown", "scale"];
const NO_LEVEL = ["not_assessed", "not_my_job", "not_needed"];

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
