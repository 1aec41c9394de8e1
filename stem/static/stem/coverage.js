/* Every school of a region or of the whole scheme, on one canvas over Leaflet's map. Without this file the list says it.
   The figures come as a file of columns (bookings/reaching_out/columns.py), which a browser reads without looking. */
"use strict";

const TILE = 256, BEYOND = 120, REACH = 14, MOST_HERE = 12;
const SIZES = [2, 2, 2.4, 3, 4, 5, 6, 7]; /* of a dot, from the whole country to a town */
const FAR = 5, NEAR = 12;
const HEX = 14;
const STEPS = [0, 2, 4, 6]; /* visits for each thousand pupils in three years: none, under two, … six or more */

function readColumns(buffer) {
  const count = new DataView(buffer).getUint32(0, true);
  let at = 4;
  const take = (Kind) => {
    const column = new Kind(buffer, at, count);
    at += count * Kind.BYTES_PER_ELEMENT;
    return column;
  };
  const [keys, lats, lons] = [take(Uint32Array), take(Uint16Array), take(Uint16Array)];
  return { count, keys, lats, lons, pupils: take(Uint16Array), visits: take(Uint16Array), seen: take(Uint8Array) };
}

/* Where each school is on a map of the world that is one wide and one high, so that no zoom asks for a tangent again. */
function placeOnWorld(columns, [south, north, west, east]) {
  const { count, lats, lons } = columns;
  const xs = new Float64Array(count), ys = new Float64Array(count);
  const tall = (north - south) / 65535, wide = (east - west) / 65535;
  for (let at = 0; at < count; at += 1) {
    xs[at] = (west + lons[at] * wide + 180) / 360;
    const lat = ((south + lats[at] * tall) * Math.PI) / 180;
    ys[at] = 0.5 - Math.log(Math.tan(Math.PI / 4 + lat / 2)) / (2 * Math.PI);
  }
  return { ...columns, xs, ys };
}

/* Shapes as well as colours: round, square, pointing down, and a cross. */
function outline(brush, kind, middle, size) {
  brush.beginPath();
  if (kind === 0) brush.arc(middle, middle, size, 0, 2 * Math.PI);
  else if (kind === 1) brush.rect(middle - size * 0.85, middle - size * 0.85, size * 1.7, size * 1.7);
  else if (kind === 2) {
    brush.moveTo(middle - size, middle - size * 0.8);
    brush.lineTo(middle + size, middle - size * 0.8);
    brush.lineTo(middle, middle + size);
    brush.closePath();
  } else {
    const arm = Math.max(1, size * 0.42);
    brush.rect(middle - arm, middle - size, 2 * arm, 2 * size);
    brush.rect(middle - size, middle - arm, 2 * size, 2 * arm);
  }
}

/* A mark is drawn once and stamped thousands of times, which is many times faster than as many outlines. */
function stampOf(kind, size, colour, ratio) {
  const stamp = document.createElement("canvas");
  const middle = Math.ceil(size * ratio) + 1;
  stamp.width = stamp.height = 2 * middle;
  const brush = stamp.getContext("2d");
  brush.fillStyle = colour;
  outline(brush, kind, middle, size * ratio);
  brush.fill();
  return { stamp, middle };
}

/* In the order of the file, which knows nothing of visits: no kind lies on all the others and looks like more than it is. */
function drawDots(brush, schools, view, shown, colours) {
  const { xs, ys, seen, count } = schools;
  const size = SIZES[Math.max(0, Math.min(SIZES.length - 1, Math.floor(view.zoom) - FAR))];
  const stamps = colours.map((colour, kind) => stampOf(kind, size, colour, view.ratio));
  const [wide, high] = [view.width * view.ratio, view.height * view.ratio];
  for (let at = 0; at < count; at += 1) {
    if (!shown[seen[at]]) continue;
    const x = (xs[at] * view.scale - view.left) * view.ratio, y = (ys[at] * view.scale - view.top) * view.ratio;
    if (x < 0 || y < 0 || x > wide || y > high) continue;
    const { stamp, middle } = stamps[seen[at]];
    brush.drawImage(stamp, Math.round(x) - middle, Math.round(y) - middle);
  }
}

/* The hexagon that holds a point, by its column and row; they stand still on the ground while the map is moved. */
function hexagonAt(x, y, wide, high) {
  const v = y / high, row = Math.round(v), u = x / wide - (row & 1) / 2, column = Math.round(u);
  if (Math.abs(v - row) * 3 <= 1) return [column, row];
  const other = column + (u < column ? -0.5 : 0.5), next = row + (v < row ? -1 : 1);
  const isNearer = (u - column) ** 2 + (v - row) ** 2 > (u - other) ** 2 + (v - next) ** 2;
  return isNearer ? [other + (row & 1 ? 0.5 : -0.5), next] : [column, row];
}

function drawHexagons(brush, schools, view, shades) {
  const { xs, ys, pupils, visits, count } = schools;
  const wide = Math.sqrt(3) * HEX, high = 1.5 * HEX, found = new Map();
  for (let at = 0; at < count; at += 1) {
    if (!pupils[at]) continue;
    const x = xs[at] * view.scale, y = ys[at] * view.scale;
    if (x < view.left - HEX || y < view.top - HEX || x > view.left + view.width + HEX || y > view.top + view.height + HEX) continue;
    const [column, row] = hexagonAt(x, y, wide, high), key = `${column} ${row}`;
    const cell = found.get(key) || { x: (column + (row & 1) / 2) * wide, y: row * high, pupils: 0, visits: 0 };
    cell.pupils += pupils[at];
    cell.visits += visits[at];
    found.set(key, cell);
  }
  for (const cell of found.values()) {
    const rate = (1000 * cell.visits) / cell.pupils;
    const step = rate === 0 ? 0 : STEPS.findLastIndex((least) => rate >= least) + 1;
    brush.beginPath();
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = (Math.PI / 3) * corner + Math.PI / 6;
      brush.lineTo(
        (cell.x - view.left + (HEX - 0.5) * Math.cos(angle)) * view.ratio, (cell.y - view.top + (HEX - 0.5) * Math.sin(angle)) * view.ratio,
      );
    }
    brush.fillStyle = shades[step];
    brush.fill();
  }
}

/* The schools within reach of a point of the map, the nearest first. */
function schoolsAt(schools, map, point, shown) {
  const scale = TILE * 2 ** map.getZoom(), origin = map.getPixelOrigin(), layer = map.containerPointToLayerPoint(point);
  const x = (origin.x + layer.x) / scale, y = (origin.y + layer.y) / scale, reach = REACH / scale;
  const near = [];
  for (let at = 0; at < schools.count; at += 1) {
    const far = Math.hypot(schools.xs[at] - x, schools.ys[at] - y);
    if (far <= reach && shown[schools.seen[at]]) near.push([far, schools.keys[at]]);
  }
  return near.sort((a, b) => a[0] - b[0]).slice(0, MOST_HERE).map((each) => each[1]);
}

function makeMap(section, box, frame) {
  const [south, north, west, east] = frame;
  /* A wheel or a finger that scrolls the page is not caught on its way. */
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
    zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false, minZoom: 4, maxZoom: NEAR, zoomSnap: 0.5,
  });
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (box.dataset.tiles) {
    const credit = document.createElement("span");
    credit.textContent = box.dataset.credit;
    L.tileLayer(box.dataset.tiles, { attribution: credit.innerHTML, referrerPolicy: "strict-origin", maxZoom: NEAR }).addTo(map);
    L.control.attribution({ prefix: false }).addTo(map);
  }
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ metric: false, maxWidth: 110 }).addTo(map);
  return map;
}

function boundsOf({ lats, lons, count }, [south, north, west, east]) {
  let [low, high, left, right] = [65535, 0, 65535, 0];
  for (let at = 0; at < count; at += 1) {
    low = Math.min(low, lats[at]);
    high = Math.max(high, lats[at]);
    left = Math.min(left, lons[at]);
    right = Math.max(right, lons[at]);
  }
  const tall = (north - south) / 65535, wide = (east - west) / 65535;
  return [[south + low * tall, west + left * wide], [south + high * tall, west + right * wide]];
}

class Coverage {
  constructor(section, buffer) {
    this.section = section;
    this.box = section.querySelector(".map-canvas");
    this.here = section.querySelector("[data-here]");
    const frame = this.box.dataset.frame.split(" ").map(Number);
    this.schools = placeOnWorld(readColumns(buffer), frame);
    section.hidden = false;
    this.map = makeMap(section, this.box, frame);
    if (this.schools.count) this.map.fitBounds(boundsOf(this.schools, frame), { animate: false, maxZoom: 11, padding: [10, 10] });
    this.canvas = L.DomUtil.create("canvas", "map-schools", this.map.getPanes().overlayPane);
    this.map.on("moveend resize", () => this.draw());
    this.map.on("click", (event) => this.show(event.containerPoint));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === this.box) this.show(this.map.getSize().divideBy(2));
    });
    section.addEventListener("change", () => this.draw());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.draw();
  }

  get shown() {
    return [...this.section.querySelectorAll("[data-seen]")].map((each) => each.checked);
  }

  get areHexagons() {
    return this.section.querySelector("[data-hexagons]").checked;
  }

  colours(name, count) {
    const style = getComputedStyle(this.section);
    return Array.from({ length: count }, (_each, number) => style.getPropertyValue(`--${name}-${number}`).trim());
  }

  draw() {
    const { map, canvas } = this, size = map.getSize(), ratio = window.devicePixelRatio || 1;
    const corner = map.containerPointToLayerPoint([-BEYOND, -BEYOND]), origin = map.getPixelOrigin();
    const [width, height] = [size.x + 2 * BEYOND, size.y + 2 * BEYOND];
    const view = { zoom: map.getZoom(), scale: TILE * 2 ** map.getZoom(), left: origin.x + corner.x, top: origin.y + corner.y, width, height, ratio };
    L.DomUtil.setPosition(canvas, corner);
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.inlineSize = `${width}px`;
    canvas.style.blockSize = `${height}px`;
    const brush = canvas.getContext("2d");
    if (this.areHexagons) drawHexagons(brush, this.schools, view, this.colours("shade", STEPS.length + 1));
    else drawDots(brush, this.schools, view, this.shown, this.colours("seen", 4));
    for (const legend of this.section.querySelectorAll("[data-legend]")) legend.hidden = (legend.dataset.legend === "hexagons") !== this.areHexagons;
    requestAnimationFrame(() => { this.section.dataset.drawn = Math.round(performance.now()); });
  }

  show(point) {
    const keys = schoolsAt(this.schools, this.map, point, this.areHexagons ? [true, true, true, true] : this.shown);
    if (!keys.length) {
      this.here.textContent = this.here.dataset.nobody;
      return;
    }
    const query = keys.map((key) => `school=${key}`).join("&");
    htmx.ajax("GET", `${this.here.dataset.here}?${query}`, { target: this.here, swap: "innerHTML" });
  }
}

document.addEventListener("DOMContentLoaded", async () => {
  const section = document.querySelector("[data-coverage-map]");
  if (!section) return;
  const answer = await fetch(section.dataset.coverageMap);
  if (answer.ok) new Coverage(section, await answer.arrayBuffer());
});
