// The picker over the field: whom one may call with @; after / or @哨子 what one may command.

import { byId, h } from "./dom.js";
import { avatar } from "./people.js";
import { say, setup } from "./words.js";

const TYPED = /(?:^|[^A-Za-z0-9])@([^\s@]{0,12})$/;
const COMMAND = new RegExp(`^\\s*(?:[/／]|@${setup.bot.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s+)(\\S{0,8})$`);
const MOST = 8;
const MOST_COMMANDS = 40;

export class Picker {
  /** `people` returns who may be called, `commands` what may be commanded; `called` is told who was. */
  constructor(field, people, commands, called) {
    this.field = field;
    this.people = people;
    this.commands = commands;
    this.called = called;
    this.list = byId("picker");
    this.found = [];
    field.addEventListener("input", () => this.look());
    field.addEventListener("blur", () => setTimeout(() => this.left(), 150));
  }

  /** Close when somebody has gone elsewhere on the page; who only looked at another tab finds it open. */
  left() {
    if (document.activeElement !== this.field) this.close();
  }

  get open() {
    return !this.list.hidden;
  }

  /** Open, close or narrow the list by what stands before the cursor. */
  look() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const command = COMMAND.exec(before);
    if (command) {
      this.offer(command[1]);
      return;
    }
    const typed = TYPED.exec(before);
    if (!typed) {
      this.close();
      return;
    }
    const bot = { id: "bot", name: setup.bot, about: say("robot"), bot: true };
    const wanted = typed[1].toLowerCase();
    this.found = [bot, ...this.people()].filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, MOST);
    this.chosen = 0;
    this.draw();
  }

  /** Offer commands: those whose word begins so first, then those that speak of it. */
  offer(wanted) {
    const all = this.commands();
    const first = all.filter((one) => one.word.startsWith(wanted));
    const also = wanted ? all.filter((one) => !first.includes(one) && (one.word.includes(wanted) || one.about.includes(wanted))) : [];
    this.found = [...first, ...also].slice(0, MOST_COMMANDS).map((one) => ({ ...one, typed: wanted }));
    if (this.found.length === 1 && this.found[0].word === wanted) this.found = [];
    this.chosen = 0;
    this.draw();
  }

  draw() {
    this.list.setAttribute("aria-label", say(this.found[0]?.word ? "commands" : "mention"));
    this.list.hidden = this.found.length === 0;
    this.list.replaceChildren(
      ...this.found.map((one, index) =>
        h(
          "li",
          { role: "option", id: `option-${index}`, "aria-selected": String(index === this.chosen), onpointerdown: (event) => this.press(event, index) },
          one.word ? h("span", { class: "option-name command" }, one.word) : [avatar(one.id, one.name, one.bot), h("span", { class: "option-name" }, one.name)],
          h("span", { class: "option-about" }, one.word ? `${one.about} · ${one.example}` : one.about),
        ),
      ),
    );
    if (this.open) this.field.setAttribute("aria-activedescendant", `option-${this.chosen}`);
    this.list.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  press(event, index) {
    event.preventDefault();
    this.chosen = index;
    this.choose();
  }

  /** Take a key; return whether it was for the list. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.found.length) % this.found.length;
      this.draw();
    } else if (event.key === "Enter" || event.key === "Tab") this.choose();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  choose() {
    const one = this.found[this.chosen];
    const cursor = this.field.selectionStart;
    if (one.word) {
      this.field.setRangeText(`${one.word} `, cursor - one.typed.length, cursor, "end");
      this.close();
      this.called(one);
      this.field.focus();
      return;
    }
    const start = this.field.value.lastIndexOf("@", cursor - 1);
    this.field.setRangeText(`@${one.name} `, start, cursor, "end");
    this.close();
    this.called(one);
    this.field.focus();
  }

  close() {
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }
}
