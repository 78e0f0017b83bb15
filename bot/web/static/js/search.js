// Looking for words in what is kept of the open room.

import { byId, h, icon } from "./dom.js";
import { nameOf } from "./people.js";
import { long } from "./when.js";
import { say } from "./words.js";

const MOST = 60;
const AROUND = 40; // characters before what was found

function shown(message, wanted) {
  const at = Math.max(0, message.text.toLowerCase().indexOf(wanted) - AROUND);
  return (at > 0 ? "…" : "") + message.text.slice(at, at + 120).replace(/\s+/g, " ");
}

/** Return the messages that have all the words, or whose sender is called so, the newest first. */
export function found(messages, said) {
  const wanted = said.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const has = (message, word) => message.text.toLowerCase().includes(word) || (message.name ?? "").toLowerCase().includes(word);
  return messages.filter((message) => message.id && wanted.every((word) => has(message, word))).reverse().slice(0, MOST);
}

export class Search {
  /** `room` returns the open room; `find` shows one of its messages. */
  constructor(room, find) {
    this.room = room;
    this.find = find;
    this.box = byId("search");
    this.field = byId("search-words");
    byId("look").append(icon("look"));
    byId("look").addEventListener("click", () => this.toggle());
    this.field.addEventListener("input", () => this.draw());
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  toggle() {
    if (this.box.hidden) this.open();
    else this.close();
  }

  open() {
    this.box.hidden = false;
    this.draw();
    this.field.focus();
  }

  close() {
    if (this.box.hidden) return;
    this.box.hidden = true;
    this.field.value = "";
    if (this.box.contains(document.activeElement)) byId("look").focus();
  }

  draw() {
    const wanted = this.field.value.trim();
    const messages = wanted ? found(this.room().messages, wanted) : [];
    byId("search-count").textContent = wanted ? say("found", { count: messages.length }) : say("search_how");
    byId("search-found").replaceChildren(...messages.map((message) => this.row(message, wanted)));
  }

  row(message, wanted) {
    const go = () => {
      this.close();
      this.find(message.id);
    };
    const who = message.name || nameOf(message.sender);
    const words = shown(message, wanted.toLowerCase().split(/\s+/)[0]);
    return h("li", {}, h("button", { type: "button", onclick: go }, h("strong", {}, who), h("time", {}, long(message.at)), h("span", {}, words)));
  }
}
