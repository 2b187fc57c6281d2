// Which names are written and where: one after another by rank, each at its first free spot.
globalThis.labels = (() => {
  const GAP = 2;
  const RANK = { grid: 2, gate: 3, block: 4, lane: 5 };
  const QUIET = 6;

  const around = (x, y, w, h) => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });
  const meet = (a, b) =>
    a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;
  const free = (box, others) => !others.some((other) => meet(box, other));

  const SIDES = {
    right: (x, y, half, w, h) => around(x + half + w / 2, y, w, h),
    below: (x, y, half, w, h) => around(x, y + half + h / 2, w, h),
    left: (x, y, half, w, h) => around(x - half - w / 2, y, w, h),
    above: (x, y, half, w, h) => around(x, y - half - h / 2, w, h),
  };

  const onMap = (map, layer) => map.latLngToContainerPoint(layer.getLatLng());

  const blockBox = (map, layer) => {
    const bounds = layer.getBounds();
    const a = map.latLngToContainerPoint(bounds.getNorthWest());
    const b = map.latLngToContainerPoint(bounds.getSouthEast());
    return { left: a.x, top: a.y, right: b.x, bottom: b.y };
  };

  // The name of a quiet kind waits until the reader comes nearer.
  const named = (map, kind, chosen) => chosen || !kind?.quiet || map.getZoom() > map.getMinZoom() + 0.9;

  const ofSeal = (map, marker, kinds) => {
    const { x, y } = onMap(map, marker);
    const root = marker.getElement();
    const half = root.offsetWidth / 2;
    const reach = root.querySelector(".stamp") ? half - 2 : half * 0.7;
    const name = root.querySelector(".name");
    const chosen = root.querySelector(".chosen") !== null;
    const kind = kinds[marker.point.kind];
    const sides = name && named(map, kind, chosen) ? Object.entries(SIDES) : [];
    const options = sides.map(([side, box]) => ({
      node: name, side, box: box(x, y, half, name.offsetWidth, name.offsetHeight),
    }));
    const rank = chosen ? 0 : kind?.quiet ? QUIET : 1;
    return { rank, options, box: around(x, y, reach * 2, reach * 2), roomy: true, all: name ? [name] : [] };
  };

  const fits = (say, block) =>
    !say.classList.contains("full") || !block || say.offsetWidth <= (block.right - block.left) * 1.1;

  // A number stands in the middle of its block, or at an end where a count covers the middle.
  const ends = (say, block) => {
    const room = (block.right - block.left - say.offsetWidth) / 2 - 2;
    return room > 2 ? [[0, 0], [-room, 0], [room, 0]] : [[0, 0]];
  };

  // The name of a grid may move to a spot between the blocks, the nearest first.
  const STEPS = [0, -1, 1, -2, 2];
  const rungs = ({ offsetWidth, offsetHeight }) =>
    STEPS.flatMap((down) => STEPS.map((across) => [across * offsetWidth / 2, down * offsetHeight]))
      .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));

  const shifts = (say, block, kind) =>
    block ? ends(say, block) : kind === "grid" ? rungs(say) : [[0, 0]];

  const ofGround = (map, marker, blocks) => {
    const { x, y } = onMap(map, marker);
    const words = marker.getElement().firstElementChild;
    const block = blocks.has(words.dataset.block) && blockBox(map, blocks.get(words.dataset.block));
    const { kind } = words.dataset;
    const options = [...words.children].filter((say) => fits(say, block)).flatMap((say) =>
      shifts(say, block, kind).map((shift) => ({
        node: say, shift, box: around(x + shift[0], y + shift[1], say.offsetWidth, say.offsetHeight),
      })));
    const once = words.dataset.block === undefined ? words.textContent : null;
    return { rank: RANK[kind], options, once, all: [...words.children], roomy: kind === "grid" };
  };

  const write = (label, option) => {
    for (const node of label.all) node.classList.remove("shown");
    if (!option) return;
    option.node.classList.add("shown");
    if (option.side) option.node.dataset.side = option.side;
    if (option.shift) option.node.style.translate = option.shift.map((by) => `${by}px`).join(" ");
  };

  const inside = (box, size) => box.left >= 0 && box.top >= 0 && box.right <= size.x && box.bottom <= size.y;

  // The name of a seal or a grid would rather not cover a block.
  const choose = (label, taken, soft, size) => {
    const open = label.options.filter(({ box }) => inside(box, size) && free(box, taken));
    return (label.roomy && open.find(({ box }) => free(box, soft))) || open[0];
  };

  // Sizes are all read before the first class is written, so the browser lays out once.
  const arrange = (map, markers, grounds, blocks, kinds) => {
    const seals = markers.filter((marker) => marker.getElement()).map((marker) => ofSeal(map, marker, kinds));
    const names = grounds.filter((marker) => marker.getElement()).map((marker) => ofGround(map, marker, blocks));
    const soft = [...blocks.values()].map((layer) => blockBox(map, layer));
    const taken = seals.map((seal) => seal.box);
    const written = new Set();
    for (const label of [...seals, ...names].sort((a, b) => a.rank - b.rank)) {
      const option = written.has(label.once) ? undefined : choose(label, taken, soft, map.getSize());
      write(label, option);
      if (option) taken.push(option.box);
      if (option && label.once) written.add(label.once);
    }
  };

  return { arrange };
})();
