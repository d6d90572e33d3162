// Loaded before everything else: an error on the page is shown, never swallowed. Written for old browsers, too.
(function () {
  function show(what) {
    var banner = document.getElementById("trouble");
    var host = document.getElementById("host");
    if (!banner || !host || !banner.hidden) return;
    var reload = document.createElement("button");
    reload.type = "button";
    reload.className = "button plain";
    reload.textContent = host.getAttribute("data-reload");
    reload.addEventListener("click", function () { location.reload(); });
    var text = document.createElement("p");
    text.textContent = host.getAttribute("data-trouble").replace("{what}", String(what || "?").slice(0, 120));
    banner.appendChild(text);
    banner.appendChild(reload);
    banner.hidden = false;
  }
  window.addEventListener("error", function (event) {
    var source = event.target && event.target !== window ? event.target.src || event.target.href : "";
    show(event.message || (source ? source.split("/").pop() : ""));
  }, true);
  window.addEventListener("unhandledrejection", function (event) {
    show(event.reason && event.reason.message ? event.reason.message : event.reason);
  });
  if (!("noModule" in document.createElement("script"))) show("old browser");
})();
