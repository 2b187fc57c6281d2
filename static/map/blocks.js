// The blocks: their shades, the chosen one, and the keyboard (one Tab stop, arrows go from block to block).
globalThis.Blocks = class {
  constructor(map, settings) {
    Object.assign(this, { settings, layers: new Map(), labels: new Map(), under: null, chosen: null, live: false });
    map.eachLayer((layer) => this.adopt(layer));
    this.order = [...this.layers.keys()];
  }

  adopt(layer) {
    const id = layer.feature?.properties?.id;
    if (id === undefined || !layer.setStyle) return;
    this.layers.set(id, layer);
    layer.on("click", () => { this.under = id; });
  }

  // `pick` is null where a block means nothing to the page.
  listen(pick) {
    this.pick = pick;
    if (this.live === Boolean(pick)) return;
    this.live = Boolean(pick);
    for (const [id, layer] of this.layers) this.dress(layer.getElement(), id);
  }

  dress(element, id) {
    element.classList.toggle("live", this.live);
    if (!this.live) return ["tabindex", "role", "aria-label"].forEach((name) => element.removeAttribute(name));
    element.setAttribute("tabindex", id === this.order[0] ? "0" : "-1");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", this.layers.get(id).feature.properties.name);
    element.setAttribute("aria-description", this.settings.words.blocks);
    element.onkeydown = (event) => this.key(event, id);
  }

  key(event, id) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) this.pick(id);
    else this.go(id, this.order[(this.order.indexOf(id) + step + this.order.length) % this.order.length]);
  }

  go(from, to) {
    this.layers.get(from).getElement().setAttribute("tabindex", "-1");
    const element = this.layers.get(to).getElement();
    element.setAttribute("tabindex", "0");
    element.focus();
  }

  // The block under the last click, once.
  taken() {
    const id = this.under;
    this.under = null;
    return id;
  }

  paint(shades = {}, chosen = null) {
    for (const [id, layer] of this.layers) this.style(id, layer, this.settings.shades[shades[id]], id === chosen);
    this.chosen = chosen;
  }

  style(id, layer, shade, chosen) {
    const { fill, edge, shaded, chosen: mark } = this.settings.block;
    const color = chosen ? mark : shade ? shaded : edge;
    layer.setStyle({ fillColor: shade?.fill ?? fill, color, weight: chosen ? 3 : 1 });
    if (this.live) layer.getElement()?.setAttribute("aria-pressed", String(chosen));
    const words = this.labels.get(id);
    words?.style.setProperty("--say", shade?.label ?? "");
    words?.style.setProperty("--halo", shade?.fill ?? "");
  }
};
