// The projector view follows the workshop: asks for the state, swaps what differs, says when the line is gone.
const view = document.getElementById("view");
const lost = document.getElementById("lost");
const url = document.body.dataset.stateUrl;
const EVERY = 1000;
let failures = 0;

async function look() {
  try {
    const answer = await fetch(url, { cache: "no-store", credentials: "same-origin" });
    if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    failures = 0;
    lost.hidden = true;
    if (now.version === view.dataset.version) return;
    view.classList.toggle("arrive", now.state === "revealed" && view.dataset.state !== "revealed");
    view.innerHTML = now.html; // drawn and escaped by our own server
    view.dataset.version = now.version;
    view.dataset.state = now.state;
  } catch {
    failures += 1;
    if (failures > 2) {
      lost.textContent = document.body.dataset.lost;
      lost.hidden = false;
    }
  }
}

async function follow() {
  await look();
  setTimeout(follow, EVERY);
}
setTimeout(follow, EVERY);
