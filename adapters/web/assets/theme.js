// Runs before the page is drawn, so that a chosen appearance never flashes through the other one.
(() => {
  const kept = localStorage.getItem("attune-theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
})();
