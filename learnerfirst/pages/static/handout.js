// The one button of the hand-out; without script the browser's own menu prints as well.
document.getElementById("print").addEventListener("click", () => window.print());
