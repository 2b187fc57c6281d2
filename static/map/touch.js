// Fingers: one scrolls the page, two move and zoom the map; a sideways finger is told so.
globalThis.touch = (map, words) => {
  if (!matchMedia("(pointer: coarse)").matches) return;
  map.dragging.disable();
  const hint = L.DomUtil.create("div", "hint", map.getContainer());
  hint.textContent = words.two_fingers;
  hint.setAttribute("aria-hidden", "true");
  let start = null;
  let timer = 0;
  const show = () => {
    hint.classList.add("shown");
    clearTimeout(timer);
    timer = setTimeout(() => hint.classList.remove("shown"), 1800);
  };
  const from = ({ touches }) => { start = touches.length === 1 ? touches[0] : null; };
  const moved = ({ touches }) => {
    if (!start || touches.length > 1) return;
    const across = Math.abs(touches[0].clientX - start.clientX);
    const along = Math.abs(touches[0].clientY - start.clientY);
    if (across > 24 && across > along * 1.5) show();
  };
  addEventListener("touchstart", from, { passive: true, capture: true });
  addEventListener("touchmove", moved, { passive: true, capture: true });
};
