// The buttons over the map: in, out, the whole, and the layers; all named in the reader's language.
globalThis.controls = (map, words, home) => {
  const zoom = L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  const whole = L.DomUtil.create("a", "whole", zoom.getContainer());
  Object.assign(whole, { href: "#", title: words.whole });
  whole.setAttribute("role", "button");
  whole.setAttribute("aria-label", words.whole);
  L.DomEvent.disableClickPropagation(whole);
  L.DomEvent.on(whole, "click", (event) => { L.DomEvent.stop(event); home(); });
  const layers = map.getContainer().querySelector(".leaflet-control-layers");
  layers?.removeAttribute("aria-haspopup");
  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
};
