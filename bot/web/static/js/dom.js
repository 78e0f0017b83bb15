// Elements. Text always becomes a text node: nothing anybody says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  back: "M15 5l-7 7 7 7",
  people: "M8.5 11a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM2.5 19.5c.4-3.6 2.7-5.8 6-5.8s5.6 2.2 6 5.8M16 11.2a2.7 2.7 0 1 0-.9-5.2M17.5 14c2.3.5 3.7 2.4 4 5.2",
  at: "M15.6 12a3.6 3.6 0 1 1-7.2 0 3.6 3.6 0 0 1 7.2 0zm0 0v1.4a2.5 2.5 0 0 0 5 0V12a8.6 8.6 0 1 0-3.4 6.8",
  picture: "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5zM3.5 16l4.6-4.6 4 4 2.6-2.6 5.8 5M15.5 9.3h.01",
  close: "M6 6l12 12M18 6L6 18",
  look: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3L20.5 20.5",
  mic: "M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 1 0-6 0v5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  slash: "M15.5 4.5l-7 15",
  down: "M6 9.5l6 6 6-6",
  reply: "M10 8V4.5L3.5 11l6.5 6.5V14c5 0 8.3 1.6 10.5 5-.6-6-3.8-11-10.5-11z",
  undo: "M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H8",
  tab: "M13 5h6v6M19 5l-8 8M17 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8.5A1.5 1.5 0 0 1 6 7h4",
  swap: "M4 8.5h14l-3.5-3.5M20 15.5H6L9.5 19",
  residents: "M3.5 11.5L12 4.5l8.5 7M6 9.5V19h12V9.5M10 19v-5h4v5",
  staff: "M4 8.5h16v10.5H4zM9 8.5V5.5h6v3M4 13h16",
  department: "M14.5 5.2a4.6 4.6 0 0 0-5.7 6l-5 5 3 3 5-5a4.6 4.6 0 0 0 6-5.7l-2.7 2.7-2.8-.5-.5-2.8z",
  private: "M4 9.5h10.5a1 1 0 0 1 1 1v1.4a5 5 0 1 1-7 3.2L4 13zM18 6l2-2.8M20 9l3-1.2",
};

/** Return an element with attributes, listeners (`onclick`) and children; empty children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Return an icon; it says nothing to those who listen instead of looking. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** Say something for a moment at the edge of the page. */
export function toast(words) {
  const element = byId("toast");
  element.textContent = words;
  element.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (element.hidden = true), 4500);
}
