/* The map of candidates: Leaflet, drawn from what stands on the page. Without this file the list says it all. */
"use strict";

/* Marks are so many pixels wide, and stand no nearer to one another. */
const MARK = 28, APART = 33, ROUNDS = 240;
const EARTH = 6371008.8;

function pointOf(element) {
  return L.latLng(Number(element.dataset.lat), Number(element.dataset.lon));
}

function iconOf(element) {
  return L.divIcon({ className: "map-mark", html: element, iconSize: [MARK, MARK] });
}

function wordsAt(text, className) {
  const words = document.createElement("span");
  words.className = className;
  words.textContent = text;
  return words;
}

/* Within a canvas a link of its own is what the keyboard knows already: it leads to the person in the list. */
function markOf(item) {
  const link = item.querySelector("a");
  const mark = document.createElement("a");
  mark.className = "map-pin";
  mark.href = link.hash;
  mark.textContent = item.dataset.pin;
  mark.setAttribute("aria-label", `${link.textContent.trim()}, ${item.querySelector(".hint").textContent.trim()}`);
  mark.title = mark.getAttribute("aria-label");
  return mark;
}

/* Moves marks that would lie on one another apart, each as little as it takes; the school's stays. */
function spread(points, school) {
  const spots = points.map((point, number) => point.add([Math.cos(number * 2.4), Math.sin(number * 2.4)]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let a = 0; a < spots.length; a += 1) {
      const others = [[school, 1], ...spots.slice(a + 1).map((_spot, index) => [a + 1 + index, 0.5])];
      for (const [other, share] of others) {
        const there = typeof other === "number" ? spots[other] : other;
        const between = spots[a].subtract(there);
        const far = Math.hypot(between.x, between.y) || 0.01;
        if (far >= APART) continue;
        const push = between.multiplyBy(((APART - far) / far) * share);
        spots[a] = spots[a].add(push);
        if (typeof other === "number") spots[other] = spots[other].subtract(push);
      }
    }
  }
  return spots;
}

function drawRings(map, school, section) {
  for (const ring of section.querySelectorAll("[data-ring]")) {
    const metres = Number(ring.dataset.ring);
    L.circle(school, { radius: metres, fill: false, interactive: false, className: "map-ring" }).addTo(map);
    const top = L.latLng(school.lat + (metres / EARTH) * (180 / Math.PI), school.lng);
    L.marker(top, { icon: iconOf(wordsAt(ring.textContent, "map-ring-words")), interactive: false, keyboard: false }).addTo(map);
  }
}

function drawPins(map, school, section) {
  const pins = [...section.querySelectorAll("[data-pin]")].map((item) => {
    const home = pointOf(item);
    L.circleMarker(home, { radius: 3, interactive: false, className: "map-home-dot" }).addTo(map);
    const stalk = L.polyline([home, home], { interactive: false, className: "map-stalk" }).addTo(map);
    const link = markOf(item);
    const mark = L.marker(home, { icon: iconOf(link), interactive: false, keyboard: false }).addTo(map);
    link.addEventListener("focus", () => map.panInside(mark.getLatLng(), { padding: [MARK, MARK], animate: false }));
    return { home, stalk, mark };
  });
  const place = () => {
    const spots = spread(pins.map((pin) => map.latLngToLayerPoint(pin.home)), map.latLngToLayerPoint(school));
    spots.forEach((spot, number) => {
      const { home, stalk, mark } = pins[number];
      mark.setLatLng(map.layerPointToLatLng(spot));
      stalk.setLatLngs([home, mark.getLatLng()]);
    });
  };
  map.on("zoomend", place);
  return { homes: pins.map((pin) => pin.home), place };
}

function drawTiles(map, canvas) {
  if (!canvas.dataset.tiles) return;
  const credit = document.createElement("span");
  credit.textContent = canvas.dataset.credit;
  const tiles = { attribution: credit.innerHTML, referrerPolicy: "strict-origin", maxZoom: 12 };
  L.tileLayer(canvas.dataset.tiles, tiles).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
}

function drawMap(section) {
  section.hidden = false;
  const canvas = section.querySelector(".map-canvas");
  const school = pointOf(canvas);
  /* A wheel or a finger that scrolls the page is not caught on its way; nearer than this a mark would look exact. */
  const map = L.map(canvas, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
    zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false, minZoom: 5, maxZoom: 12,
  });
  map.setView(school, 10);
  drawTiles(map, canvas);
  L.control.zoom({ zoomInTitle: canvas.dataset.zoomIn, zoomOutTitle: canvas.dataset.zoomOut }).addTo(map);
  L.control.scale({ metric: false, maxWidth: 110 }).addTo(map);
  drawRings(map, school, section);
  const middle = wordsAt("", "map-school");
  middle.title = canvas.dataset.school;
  L.marker(school, { icon: iconOf(middle), interactive: false, keyboard: false }).addTo(map);
  const { homes, place } = drawPins(map, school, section);
  const nearest = Number(section.querySelector("[data-ring]").dataset.ring);
  map.fitBounds(L.latLngBounds([school, ...homes]).extend(school.toBounds(2 * nearest)), { padding: [MARK, MARK], animate: false });
  place();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const section of document.querySelectorAll("[data-candidates-map]")) drawMap(section);
});
