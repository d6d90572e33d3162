// The test page: it was opened, now it posts, three times at most. Written for old browsers, too.
(function () {
  var card = document.getElementById("check");
  function say(what) {
    ["said", "more"].forEach(function (id) {
      var place = document.getElementById(id);
      place.textContent = place.getAttribute("data-" + what);
    });
    card.setAttribute("data-state", what);
  }
  function cookie(name) {
    var found = document.cookie.split("; ").filter(function (one) { return one.indexOf(name + "=") === 0; })[0];
    return found ? found.slice(name.length + 1) : "";
  }
  function post(tries) {
    var request = new XMLHttpRequest();
    request.open("POST", card.getAttribute("data-url"));
    request.setRequestHeader("X-XSRFToken", cookie("lf_people_xsrf"));
    request.setRequestHeader("Content-Type", "application/json");
    request.timeout = 8000;
    request.onloadend = function () {
      if (request.status === 200) say("posted");
      else if (tries > 1) setTimeout(function () { post(tries - 1); }, 1000);
      else say("failed");
    };
    request.send("{}");
  }
  post(3);
})();
