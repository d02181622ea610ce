// The drawing: vis-network draws marks and edges, this file the names, as many as fit without overlapping.

const INK = "#22262b", PAPER = "#fbfaf7", EDGE = "#a3a9b1", FAINT = "rgba(163,169,177,0.2)", STRONG = "#555e69";
const hiddenTypes = new Set();
/** Names without relations or facts are hidden until asked for. */
const looseIris = new Set(marks.filter((mark) => mark.rank === 0).map((mark) => mark.id));
let showLoose = false;
/** What is selected: the IRI of a thing or of an article, or null; and the things that stand out with it. */
let chosen = null;
let standing = null;
let hovered = null;

const nodeSet = new vis.DataSet(marks.map(({ label, rank, ...mark }) => mark));
const edgeSet = new vis.DataSet(ties.map((tie, i) => ({ ...tie, id: i, color: EDGE, dashes: tie.predicates.length === 0 })));
const nodeView = new vis.DataView(nodeSet, {
  filter: (mark) => !hiddenTypes.has(book.things[mark.id].type) && (showLoose || !looseIris.has(mark.id)),
});
// a global of this name is what pyvis's own page has
var network = new vis.Network(element("network"), { nodes: nodeView, edges: edgeSet }, read("options"));

const labels = new Map(marks.map((mark) => [mark.id, mark.label]));
const sizes = new Map(marks.map((mark) => [mark.id, mark.size]));
const ranked = marks.map((mark) => mark.id).sort((a, b) => rankOf.get(b) - rankOf.get(a) || (a < b ? -1 : 1));
const family = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif';
const widths = new Map();
function widthOf(ctx, text) {
  if (!widths.has(text)) {
    ctx.font = `100px ${family}`;
    widths.set(text, ctx.measureText(text).width / 100);
  }
  return widths.get(text);
}

/** Keeps the rectangles that are taken, in screen pixels, by cells of 64. */
class Taken {
  constructor() { this.cells = new Map(); }
  *keys(box) {
    for (let i = Math.floor(box[0] / 64); i <= Math.floor(box[2] / 64); i++)
      for (let j = Math.floor(box[1] / 64); j <= Math.floor(box[3] / 64); j++) yield `${i},${j}`;
  }
  free(box) {
    for (const key of this.keys(box))
      for (const other of this.cells.get(key) || [])
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
    return true;
  }
  take(box) {
    for (const key of this.keys(box)) this.cells.has(key) ? this.cells.get(key).push(box) : this.cells.set(key, [box]);
  }
}

function write(ctx, text, x, y, pixels, color, bold) {
  ctx.font = `${bold ? "600 " : ""}${pixels}px ${family}`;
  ctx.lineWidth = pixels / 3.5;
  ctx.strokeStyle = PAPER;
  ctx.fillStyle = color;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  const shown = new Set(nodeView.getIds());
  const places = network.getPositions([...shown]);
  const { width, height } = element("network").getBoundingClientRect();
  const taken = new Taken();
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  const first = [hovered, chosen].filter((id) => id !== null && shown.has(id));
  const order = standing ? [...first, ...ranked.filter((id) => standing.has(id))] : [...first, ...ranked];
  const done = new Set();
  for (const id of order.filter((one) => shown.has(one) && (rankOf.get(one) >= 4 || (standing && standing.size < 40)))) {
    const { x, y } = network.canvasToDOM(places[id]);
    const radius = sizes.get(id) * scale;
    taken.take([x - radius, y - radius, x + radius, y + radius]);
  }
  for (const id of order) {
    if (!shown.has(id) || done.has(id)) continue;
    done.add(id);
    const { x, y } = places[id];
    const screen = network.canvasToDOM({ x, y });
    if (screen.x < -80 || screen.y < -40 || screen.x > width + 80 || screen.y > height + 20) continue;
    const big = rankOf.get(id) >= 6 || id === chosen;
    const pixels = big ? 14.5 : 12.5;
    const text = id === hovered || id === chosen ? nameOf(id) : labels.get(id);
    const wide = widthOf(ctx, text) * pixels;
    const radius = Math.max(sizes.get(id) * scale, 2);
    // below the mark if there is room, else above, to the right, to the left; else the name waits for a closer look
    const spots = [[0, radius + 1], [0, -radius - pixels - 3], [radius + wide / 2 + 4, -pixels / 2 - 1], [-radius - wide / 2 - 4, -pixels / 2 - 1]];
    const boxes = spots.map(([dx, dy]) => [screen.x + dx - wide / 2 - 2, screen.y + dy, screen.x + dx + wide / 2 + 2, screen.y + dy + pixels + 2]);
    let spot = boxes.findIndex((box) => box[0] > 2 && box[2] < width - 2 && taken.free(box));
    if (spot < 0 && (id === chosen || id === hovered)) spot = 0;
    if (spot < 0) continue;
    taken.take(boxes[spot]);
    write(ctx, text, x + spots[spot][0] / scale, y + spots[spot][1] / scale, pixels / scale, INK, big);
  }
  if (chosen && shown.has(chosen)) writeEdges(ctx, scale, places, taken);
});

/** Beside the selected thing, what each edge means. */
function writeEdges(ctx, scale, places, taken) {
  ctx.textBaseline = "middle";
  const near = ties.filter((tie) => (tie.from === chosen || tie.to === chosen) && places[tie.from] && places[tie.to]);
  // the spokes of a hub say the same over and over; the panel tells them apart
  for (const tie of near.length > 24 ? near.filter((one) => one.from === hovered || one.to === hovered) : near) {
    const meant = factsOf.get(tie.from).filter((fact) => fact.subject === tie.from && fact.object === tie.to);
    const parts = meant.map((fact) => fact.post || say("edges", fact.predicate));
    const text = meant.length ? [...new Set(parts)].join(language ? ", " : "、") : say("edges", "partOf");
    const wide = widthOf(ctx, text) * 11;
    for (const share of [0.5, 0.6, 0.4, 0.7, 0.3]) {
      const [from, to] = [places[tie.from], places[tie.to]];
      const x = from.x + (to.x - from.x) * share, y = from.y + (to.y - from.y) * share;
      const { x: left, y: top } = network.canvasToDOM({ x, y });
      const box = [left - wide / 2, top - 7, left + wide / 2, top + 7];
      if (!taken.free(box)) continue;
      taken.take(box);
      write(ctx, text, x, y, 11 / scale, STRONG, false);
      break;
    }
  }
}

/** Lets some things stand out (null: none) and the others fade. */
function emphasise(iris) {
  standing = iris;
  nodeSet.update(marks.map((mark) => ({ id: mark.id, opacity: !iris || iris.has(mark.id) ? 1 : 0.13 })));
  edgeSet.update(ties.map((tie, i) => {
    const near = tie.from === chosen || tie.to === chosen;
    const between = iris && iris.has(tie.from) && iris.has(tie.to) && !book.things[chosen];
    return { id: i, color: !iris ? EDGE : near || between ? STRONG : FAINT, width: near ? 2.4 : 1.8 };
  }));
}

function neighbours(iri) {
  const found = new Set([iri]);
  for (const tie of ties) {
    if (tie.from === iri) found.add(tie.to);
    if (tie.to === iri) found.add(tie.from);
  }
  return found;
}

/** Brings things (all, without a list) into view with their names, no closer than names need. */
function show(iris, animate) {
  const shown = (iris ? [...iris] : nodeView.getIds()).filter((iri) => nodeView.get(iri));
  if (!shown.length) return;
  const places = Object.values(network.getPositions(shown));
  const { width, height } = element("network").getBoundingClientRect();
  const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // a name is as wide on the screen at any scale
  const scale = Math.min((width - 170) / (right - left + 1), (height - 90) / (bottom - top + 1), 0.9);
  const animation = animate ? { duration: 450, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02), animation });
}

function refresh() {
  nodeView.refresh();
  network.redraw();
}

network.on("click", ({ nodes }) => go(nodes.length ? nodes[0] : null, false));
network.on("hoverNode", ({ node, event }) => {
  hovered = node;
  const thing = book.things[node];
  const hint = element("hint");
  hint.textContent = `${thing.names[0]} · ${kindOf(thing)} · ${say("interface", "facts", { facts: factsOf.get(node).length })}`;
  hint.hidden = false;
  const frame = element("drawing").getBoundingClientRect();
  hint.style.left = `${Math.min(event.clientX - frame.left + 14, frame.width - 200)}px`;
  hint.style.top = `${event.clientY - frame.top + 16}px`;
  network.redraw();
});
network.on("blurNode", () => {
  hovered = null;
  element("hint").hidden = true;
  network.redraw();
});
network.on("dragStart", () => (element("hint").hidden = true));
