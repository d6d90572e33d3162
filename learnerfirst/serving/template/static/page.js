// The frame around a notebook page: progress while it starts, its kernel's life, banners that say what is wrong.
// Loaded before Voila's own script, so that ours decides what happens when a page is left.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const told = () => JSON.parse(byId("lf-texts").textContent);
  const config = () => JSON.parse(byId("jupyter-config-data")?.textContent || "{}");
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(name + "="))?.slice(name.length + 1);
  const state = { lost: false, offline: false, errors: 0, leaving: false, shown: "", step: 0 };

  // A download or a mailto: link fires beforeunload on a page that stays: Voila would end the kernel there.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
  window.addEventListener("pagehide", () => {
    state.leaving = true;
    const { kernelId, baseUrl } = config();
    if (!kernelId) return;
    const form = new FormData();
    form.append("_xsrf", cookie("_xsrf") || "");
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${encodeURIComponent(kernelId)}`, form);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  // Progress.
  const progress = () => {
    const cells = document.querySelectorAll("[cell-index]");
    const last = cells[cells.length - 1];
    if (!last || !byId("loading")) return;
    const steps = Number(last.dataset.cells), step = Math.min(Number(last.getAttribute("cell-index")) + 1, steps);
    if (step === state.step) return; // what is written here wakes the observer again
    state.step = step;
    byId("lf-progress").value = Math.round((100 * (step - 0.5)) / steps);
    byId("loading_text").textContent = told().texts.loading.step.replace("{step}", step).replace("{steps}", steps);
  };
  const watcher = new MutationObserver(progress);
  watcher.observe(document, { childList: true, subtree: true });
  setTimeout(() => { const slow = byId("lf-slow"); if (slow) slow.hidden = false; }, 4000);

  const show = () => {
    if (!window.themeLoaded) { window.cellLoaded = true; return; }
    watcher.disconnect();
    byId("loading")?.remove();
    byId("rendered_cells").hidden = false;
  };
  window.voila_heartbeat = () => {};
  window.update_loading_text = window.voila_process = progress;
  window.display_cells = window.voila_finish = show;

  // Banners. Other scripts ask for one by the event "learnerfirst:banner" with {kind: "unsaved"} or {text}.
  const banner = (kind, text, { reload = false, close = true } = {}) => {
    const place = byId("lf-banner"), texts = told().texts.banner;
    if (state.lost && kind !== "lost") return;
    state.shown = kind;
    place.className = `lf-banner lf-banner-${kind}`;
    const message = document.createElement("p");
    message.textContent = text || texts[kind];
    place.replaceChildren(message);
    const button = (words, act) => {
      const it = document.createElement("button");
      it.type = "button"; it.className = "button"; it.textContent = words; it.onclick = act;
      place.append(it);
    };
    if (reload) button(texts.reload, () => window.location.reload());
    else if (close) button(texts.close, hide);
    place.hidden = false;
  };
  const hide = () => { byId("lf-banner").hidden = true; state.shown = ""; };
  document.addEventListener("learnerfirst:banner", (event) => {
    const { kind = "unsaved", text = "" } = event.detail || {};
    banner(kind, text);
  });

  // The kernel's life: 410 when it is gone; nothing at all when the link is down.
  const look = async () => {
    const { kernelId, baseUrl } = config();
    if (!kernelId || state.lost || state.leaving) return;
    let answer;
    try {
      answer = await fetch(`${baseUrl}alive/${encodeURIComponent(kernelId)}`, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(8000) });
    } catch {
      if (!state.leaving) { state.offline = true; banner("offline", "", { close: false }); }
      return;
    }
    if (state.offline) {
      state.offline = false;
      banner("back");
      setTimeout(() => { if (state.shown === "back") hide(); }, 4000);
    }
    if (answer.status === 410 || answer.status === 403) {
      state.lost = true;
      banner("lost", "", { reload: true });
      document.body.classList.add("lf-lost");
    } else if (answer.ok) {
      const { errors } = await answer.json();
      if (errors > state.errors) banner("trouble", "", { reload: true });
      state.errors = errors;
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    show();
    const wait = Math.max(200, 1000 * told().poll);
    const again = async () => { await look(); setTimeout(again, wait); };
    again();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  });
})();
