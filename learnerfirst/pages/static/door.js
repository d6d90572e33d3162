// A one-time code behind the # of a link is sent to nobody by itself; it is typed into the form here, and leaves the address.
const ticket = decodeURIComponent(location.hash.slice(1));
if (ticket && document.querySelector("[aria-invalid]") === null) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("key").value = ticket;
  document.getElementById("door").requestSubmit();
}
