// The seals: one marker a point, drawn once and changed in place. Words are only ever set as text.
globalThis.seals = (() => {
  const node = (tag, cls, text = "") =>
    Object.assign(document.createElement(tag), { className: cls, textContent: text });

  // `kind` comes from our own page, never from the data.
  const stamp = (kind, mark) => {
    const box = node("span", "stamp");
    box.innerHTML = `<svg viewBox="-4 -4 36 36" aria-hidden="true"><path d="${kind.outline}"/>
      <text x="14" y="${kind.middle + kind.size * 0.36}" font-size="${kind.size}"></text></svg>`;
    box.querySelector("text").textContent = mark;
    box.style.setProperty("--fill", kind.fill);
    box.style.setProperty("--bare", kind.bare);
    return box;
  };

  const picture = (point, kind) => {
    const box = node("span", point.paused ? "seal paused" : "seal");
    if (kind) box.append(stamp(kind, point.mark));
    if (point.count !== undefined) box.append(node("span", kind ? "disc corner" : "disc", point.count));
    if (kind) box.append(node("span", "name", point.label));
    return box;
  };

  const icon = (point, kind, popupAnchor) =>
    L.divIcon({ className: "spot", iconSize: null, popupAnchor, html: picture(point, kind) });

  const popup = (point) => {
    const box = node("div", "facts");
    box.append(node("strong", "", point.label), ...point.text.map((line) => node("span", "", line)));
    return box;
  };

  const describe = (marker) => {
    const { label, text } = marker.point;
    const element = marker.getElement();
    element?.setAttribute("aria-label", label);
    element?.setAttribute("aria-description", text.join(" "));
  };

  // Enter and Space do what a click does.
  const press = (element, go) => {
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      go();
    };
  };

  const create = (point, kind, anchor, pick) => {
    const marker = L.marker([point.lat, point.lon], { icon: icon(point, kind, anchor), riseOnHover: true });
    marker.point = point;
    marker.bindPopup(() => popup(marker.point), { autoPanPadding: [10, 10], maxWidth: 260, minWidth: 60 });
    marker.on("click", () => pick(marker));
    marker.on("add", () => {
      press(marker.getElement(), () => { marker.openPopup(); pick(marker); });
      describe(marker);
    });
    return marker;
  };

  const update = (marker, point, kind, anchor) => {
    if (JSON.stringify(marker.point) === JSON.stringify(point)) return false;
    marker.point = point;
    marker.setLatLng([point.lat, point.lon]);
    marker.options.icon = icon(point, kind, anchor);
    marker.getElement()?.replaceChildren(marker.options.icon.options.html);
    marker.getPopup().isOpen() && marker.getPopup().update();
    describe(marker);
    return true;
  };

  const ring = (marker, on) => {
    marker?.options.icon.options.html.classList.toggle("chosen", on);
    marker?.setZIndexOffset(on ? 1000 : 0);
    marker?.getElement()?.setAttribute("aria-pressed", String(on));
  };

  return { create, update, ring };
})();
