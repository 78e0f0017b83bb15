// A case's card: its number is tapped, the server says where it stands.

import { show } from "./dialogs.js";
import { h } from "./dom.js";
import { addressOf } from "./pictures.js";
import { say } from "./words.js";

let open = null;

/** Show the card that the server sent for a number. */
export function showCard({ ref, words, label, state, standing, lines, path }) {
  open?.close();
  const told = words
    ? [h("p", {}, words)]
    : [
        h("p", {}, h("span", { class: `standing ${standing}` }, state)),
        ...lines.map((line) => h("p", {}, line)),
        path && h("p", {}, h("a", { class: "link", href: addressOf(path) }, say("card_open"))),
      ];
  open = show(words ? ref : label || ref, ...told.filter(Boolean));
  open.classList.add("case-card");
}
