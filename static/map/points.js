// What changes on the ground: points, shades, dots and the choice come in as data, clicks go out to the page.
class Town {
  constructor(map, group, settings) {
    Object.assign(this, { map, group, settings, kept: new Map(), dots: null, name: "", moved: false, touched: false });
    Object.assign(this, { chosen: null, mine: null, anchor: [0, -14], anywhere: false, here: null, tell: () => {} });
    this.blocks = new Blocks(map, settings);
    this.grounds = [];
    map.eachLayer((layer) => this.adopt(layer));
    controls(map, settings.words, () => this.home());
    touch(map, settings.words);
    this.canvas = this.dotPane();
    this.watch();
  }

  // Grid names come and go with their layer, so labels are found by what they carry.
  adopt(layer) {
    if (!layer.options.icon?.options.className?.startsWith("label")) return;
    if (this.grounds.includes(layer)) return;
    this.grounds.push(layer);
    const words = layer.getElement()?.firstElementChild;
    if (words?.dataset.block !== undefined) this.blocks.labels.set(words.dataset.block, words);
  }

  // In the usual pane the dots would lie under the blocks.
  dotPane() {
    this.map.createPane("dots").style.cssText = "z-index:450;pointer-events:none";
    return L.canvas({ pane: "dots" });
  }

  watch() {
    const { map } = this;
    map.on("click", (event) => this.click(event));
    map.on("layeradd", ({ layer }) => this.adopt(layer));
    map.on("moveend overlayadd overlayremove", () => this.label());
    map.on("moveend", () => this.remember());
    map.on("overlayadd overlayremove", () => sessionStorage.setItem(this.slot("layers"), JSON.stringify(this.layers())));
    for (const name of ["pointerdown", "keydown", "wheel"]) {
      addEventListener(name, () => { this.touched = true; }, { capture: true, passive: true });
    }
    new ResizeObserver(() => this.resize()).observe(map.getContainer());
  }

  draw(data, tell) {
    this.tell = tell;
    const { what, id } = data.selected ?? {};
    const changed = this.points(data.points ?? []);
    this.ring(what === "point" ? id : null);
    this.blocks.listen(data.blocks ? (block) => this.tell("block", block) : null);
    this.blocks.paint(data.shades ?? {}, what === "block" ? id : null);
    this.anywhere = data.anywhere ?? false;
    this.pin(what === "ground" ? id.split(",").map(Number) : null);
    if ((data.stamp ?? null) !== (this.dots?.stamp ?? null)) this.scatter(data.dots, data.stamp);
    if (this.name !== data.name) this.recall(data.name);
    if (changed) this.label();
  }

  points(points) {
    const seen = new Set(points.map((point) => point.id));
    let changed = false;
    for (const [id, marker] of this.kept) {
      if (seen.has(id)) continue;
      this.group.removeLayer(marker);
      this.kept.delete(id);
      changed = true;
    }
    for (const point of points) changed = this.point(point) || changed;
    return changed;
  }

  point(point) {
    const kind = this.settings.kinds[point.kind];
    const marker = this.kept.get(point.id);
    if (marker) return seals.update(marker, point, kind, this.anchor);
    const fresh = seals.create(point, kind, this.anchor, (picked) => this.pick(picked));
    this.kept.set(point.id, fresh);
    this.group.addLayer(fresh);
    return true;
  }

  // `mine` is what was just clicked here: the page selecting it back must not move the map.
  pick(marker) {
    this.mine = marker.point.id;
    this.tell("point", marker.point.id);
  }

  ring(id) {
    const before = this.chosen;
    this.chosen = id;
    for (const [other, marker] of this.kept) seals.ring(marker, other === id);
    const marker = this.kept.get(id);
    if (marker && id !== before && id !== this.mine) this.map.panInside(marker.getLatLng(), { padding: [60, 60] });
    if (id !== before) this.label();
    this.mine = null;
  }

  click(event) {
    const block = this.blocks.taken();
    const dot = this.nearest(event.containerPoint);
    if (dot !== null) this.tell("dot", dot);
    else if (block !== null && this.blocks.live) this.tell("block", block);
    else if (this.anywhere) this.tell("ground", `${event.latlng.lat.toFixed(4)},${event.latlng.lng.toFixed(4)}`);
  }

  // The place on the open ground that is chosen.
  pin(at) {
    this.here?.remove();
    const look = { radius: 9, weight: 3, color: this.settings.block.chosen, fillOpacity: 0.25, interactive: false };
    this.here = at && L.circleMarker(at, look).addTo(this.map);
  }

  nearest(at) {
    let best = null;
    let least = 64;
    this.dots?.layer.eachLayer((dot) => {
      const far = this.map.latLngToContainerPoint(dot.getLatLng()).distanceTo(at) ** 2;
      if (far < least) [least, best] = [far, dot.id];
    });
    return best;
  }

  scatter(dots, stamp) {
    this.dots?.layer.remove();
    this.dots = null;
    if (!dots) return;
    const layer = L.layerGroup().addTo(this.map);
    const look = { renderer: this.canvas, interactive: false, radius: 3, weight: 0, fillOpacity: 0.75 };
    dots.id.forEach((id, at) => {
      const fillColor = this.settings.tones[dots.tone[at]];
      const dot = L.circleMarker([dots.lat[at], dots.lon[at]], { ...look, fillColor });
      dot.id = id;
      dot.addTo(layer);
    });
    this.dots = { stamp, layer };
  }

  label() {
    labels.arrange(this.map, [...this.kept.values()], this.grounds, this.blocks.layers, this.settings.kinds);
  }

  resize() {
    const { map } = this;
    map.invalidateSize({ animate: false });
    const { x, y } = map.getSize();
    const k = Math.min(2, Math.max(0.9, Math.min(x / 640, y / 430)));
    document.documentElement.style.setProperty("--k", `${k}px`);
    this.anchor[1] = -14 * k;
    if (!this.moved) this.fit();
    this.label();
  }

  fit() {
    const narrow = this.map.getSize().x <= 480;
    const padding = { paddingTopLeft: [4, narrow ? 48 : 8], paddingBottomRight: [4, narrow ? 4 : 8] };
    this.map.setMinZoom(13);
    this.map.fitBounds(this.settings.bounds, { ...padding, animate: false });
    this.map.setMinZoom(this.map.getZoom());
  }

  home() {
    this.fit();
    this.moved = this.touched = false;
    sessionStorage.removeItem(this.slot());
  }

  slot(of = "view") {
    return `map ${this.name} ${of}`;
  }

  switches() {
    return [...this.map.getContainer().querySelectorAll(".leaflet-control-layers-selector")];
  }

  layers() {
    return this.switches().map((box) => box.checked);
  }

  remember() {
    this.moved ||= this.touched;
    if (!this.moved || !this.name) return;
    const view = { at: this.map.getCenter(), zoom: this.map.getZoom() };
    sessionStorage.setItem(this.slot(), JSON.stringify(view));
  }

  recall(name) {
    this.name = name;
    const layers = JSON.parse(sessionStorage.getItem(this.slot("layers"))) ?? [];
    this.switches().forEach((box, at) => { if (box.checked !== (layers[at] ?? box.checked)) box.click(); });
    const view = JSON.parse(sessionStorage.getItem(this.slot()));
    if (!view) return;
    this.moved = true;
    this.map.setView(view.at, view.zoom, { animate: false });
  }
}

globalThis.ground = {
  open(map, group, settings) {
    this.town = new Town(map, group, settings);
    this.draw = (data, tell) => this.town.draw(data, tell);
  },
};
