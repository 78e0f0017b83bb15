// Windows over the page: who is here, as whom to speak, what the bot keeps.

import { h, icon } from "./dom.js";
import { avatar } from "./people.js";
import { say } from "./words.js";

const SIDES = ["resident", "staff", "organisation"];

/** Show a window over the page. */
export function show(title, ...content) {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": say("close"), onclick: () => dialog.close() }, icon("close"));
  const dialog = h("dialog", { class: "window", "aria-labelledby": "window-title" }, h("header", {}, h("h2", { id: "window-title" }, title), close), ...content);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function person(one) {
  return [avatar(one.id, one.name), h("span", { class: "who" }, h("strong", {}, one.name), h("span", { class: "about" }, one.about))];
}

/** Return people by side, each side under its heading. */
function bySide(people, row) {
  return SIDES.filter((side) => people.some((one) => one.side === side)).map((side) =>
    h("section", {}, h("h3", {}, say(`side_${side}`)), h("ul", { class: "people" }, people.filter((one) => one.side === side).map(row))),
  );
}

/** Let somebody choose as whom to speak in this tab (the demo only). */
export function choosePersona(talk, become, address) {
  const row = (one) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "person", "aria-current": one.id === talk.me.id && "true", "data-account": one.id, onclick: () => (dialog.close(), become(one.id)) }, person(one)),
      h("a", { class: "icon-button", href: address(one.id), target: "_blank", rel: "noopener", title: say("other_tab"), "aria-label": say("other_tab_as", { name: one.name }) }, icon("tab")),
    );
  const dialog = show(say("speak_as"), h("p", { class: "soft" }, say("speak_as_how")), ...bySide(talk.people, row));
}

/** Show who is in a room; pressing somebody calls them. */
export function showMembers(room, call) {
  const row = (one) => h("li", {}, h("button", { type: "button", class: "person", onclick: () => (dialog.close(), call({ sender: one.id, name: one.name })) }, person(one)));
  const dialog = show(say("members_of", { count: room.members.length }), ...bySide(room.members, row));
}

/** Say what the bot keeps. */
export function showKeeps() {
  show(say("keeps_title"), ...say("keeps").split("\n").map((line) => h("p", {}, line)));
}
