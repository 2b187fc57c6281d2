// The till's card number takes what is typed or scanned, wherever the focus was left.
(() => {
  const card = () => document.querySelector(".st-key-till-card input");
  const busy = () => document.activeElement?.matches("input, textarea, select, [contenteditable=true]");
  const wait = (left) => { if (card()) { if (!busy()) card().focus(); } else if (left) setTimeout(() => wait(left - 1), 100); };
  wait(50);
  if (window.tillListens) return;
  window.tillListens = true;
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.key === "F8" && card()) {
      event.preventDefault();
      document.querySelector(".st-key-till-anonymous button")?.click();
      card().focus();
      return;
    }
    if (!card() || busy() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.length === 1 && event.key !== " ") card().focus();
    if (event.key === "Enter" && (!at || at === document.body) && card().value) {
      card().focus();
      card().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    }
  }, true);
})();
