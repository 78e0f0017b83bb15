// The talk of the open room, drawn.

import { bubble, event } from "./bubbles.js";
import { asksMe, chooses, isStale } from "./choices.js";
import { byId, h, icon } from "./dom.js";
import { long, paused } from "./when.js";
import { say } from "./words.js";

const NEAR = 120; // pixels from the end that still count as being there
const TOGETHER = 120_000; // milliseconds between two messages drawn as one turn
const HOLD = 480; // milliseconds of a long press
const SWIPE = 56; // pixels a message is drawn aside to be quoted
const SWIPE_DOWN = 30; // pixels down that make it scrolling
const JITTER = 10; // pixels a finger may move meanwhile

export class Log {
  constructor(talk, act) {
    this.talk = talk;
    this.act = { ...act, find: (id) => this.find(id) };
    this.element = byId("log");
    this.newer = byId("newer");
    this.missed = 0;
    this.stays = true; // at the end, whatever comes or grows
    this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.element.addEventListener("load", () => this.stays && this.toEnd(), { capture: true });
    new ResizeObserver(() => this.stays && this.toEnd()).observe(this.element);
    this.newer.addEventListener("click", () => this.toEnd());
    this.holdable();
    this.swipable();
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  get room() {
    return this.talk.rooms.get(this.talk.current);
  }

  /** Draw the whole room; the reader stays where they were unless that was the end. */
  draw({ stay = false } = {}) {
    if (!this.room) return;
    const end = !stay || this.stays;
    const distance = this.element.scrollHeight - this.element.scrollTop;
    this.before = null;
    this.answered = this.answeredQuestions();
    const nodes = this.room.messages.flatMap((message) => this.nodes(message));
    this.element.replaceChildren(...nodes, ...this.pending());
    if (end) this.toEnd();
    else this.element.scrollTop = this.element.scrollHeight - distance;
  }

  /** Return the questions that are not open: I quoted them, said one of their choices, or it is too late. */
  answeredQuestions() {
    const { me } = this.talk;
    const open = [];
    const answered = new Set();
    for (const message of this.room.messages) {
      if (asksMe(message, me.id)) open.push(message);
      if (message.sender !== me.id) continue;
      const meant = open.findLast((question) => !answered.has(question.id) && chooses(message.text, question));
      if (message.quote) answered.add(message.quote.id);
      else if (meant) answered.add(meant.id);
    }
    const { messages } = this.room;
    for (const question of open) {
      const later = messages.slice(messages.indexOf(question) + 1);
      if (isStale(question, later, Date.now())) answered.add(question.id);
    }
    return answered;
  }

  /** Draw one message more. */
  append(message) {
    const end = this.stays;
    const own = message.sender === this.talk.me.id;
    this.element.querySelectorAll(".pending").forEach((element) => element.remove());
    if (message.id) {
      if (own || message.bot) for (const id of this.answeredQuestions()) this.answer(id);
      this.element.append(...this.nodes(message));
      this.element.lastElementChild.classList.add("fresh");
    }
    this.element.append(...this.pending());
    if (end || own) this.toEnd();
    else this.miss();
  }

  nodes(message) {
    const { me } = this.talk;
    const nodes = [];
    if (paused(this.before?.at ?? null, message.at)) nodes.push(h("time", { class: "pause" }, long(message.at)));
    if (message.id && message.id === this.room.firstUnread) nodes.push(h("p", { class: "unread-line" }, say("new_below")));
    if (["join", "leave", "recalled"].includes(message.kind)) nodes.push(event(message));
    else {
      const grouped = nodes.length === 0 && this.isTurn(message);
      const near = message.bot && message.quote?.id === this.before?.id;
      const quote = near || !message.quote?.text ? null : message.quote; // words nobody keeps are not spoken of
      const asked = !this.answered.has(message.id);
      nodes.push(bubble(message, { me, grouped, quote, asked, act: this.act }));
    }
    this.before = message;
    return nodes;
  }

  isTurn(message) {
    const before = this.before;
    return before?.sender === message.sender && before.kind !== "join" && before.kind !== "recalled" && message.at - before.at < TOGETHER;
  }

  pending() {
    const before = this.before;
    const nodes = this.room.pending.flatMap((message) => this.nodes(message));
    this.before = before;
    return nodes;
  }

  /** The question in a message has been answered: its buttons go. */
  answer(id) {
    this.answered.add(id);
    this.element.querySelector(`[data-id="${CSS.escape(id)}"] .choices`)?.remove();
  }

  find(id) {
    const found = this.element.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!found) return;
    found.scrollIntoView({ block: "center", behavior: "smooth" });
    found.classList.add("found");
    setTimeout(() => found.classList.remove("found"), 1600);
  }

  scrolled() {
    this.stays = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < NEAR;
    if (this.stays) this.seen();
  }

  toEnd() {
    this.stays = true;
    this.element.scrollTop = this.element.scrollHeight;
    this.seen();
  }

  miss() {
    this.missed += 1;
    this.newer.replaceChildren(icon("down"), say("newer", { count: this.missed }));
    this.newer.hidden = false;
  }

  seen() {
    this.missed = 0;
    this.newer.hidden = true;
  }

  /** On a touch screen a long press opens a message's tools. */
  holdable() {
    let timer;
    let start;
    const drop = () => clearTimeout(timer);
    const moved = (pointer) => start && Math.hypot(pointer.x - start.x, pointer.y - start.y) > JITTER && drop();
    this.element.addEventListener("pointerdown", (pointer) => {
      this.element.querySelectorAll(".held").forEach((element) => element.contains(pointer.target) || element.classList.remove("held"));
      const message = pointer.pointerType === "mouse" ? null : pointer.target.closest(".message");
      start = { x: pointer.x, y: pointer.y };
      if (message) timer = setTimeout(() => message.classList.add("held"), HOLD);
    });
    for (const type of ["pointerup", "pointercancel"]) this.element.addEventListener(type, drop);
    this.element.addEventListener("pointermove", moved);
    this.element.addEventListener("scroll", drop, { passive: true });
  }

  /** One stop for the tabulator: the arrows go from message to message, Enter quotes, the tabulator goes into one. */
  key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const at = event.target.closest(".message");
    if (!step) {
      if (event.key === "Enter" && event.target === at) at.querySelector(".tool")?.click();
      return;
    }
    const all = [...this.element.querySelectorAll(".message")];
    const next = at ? all[all.indexOf(at) + step] : all.at(-1);
    if (!next) return;
    for (const one of this.element.querySelectorAll("[data-reached]")) this.reach(one, false);
    this.reach(next, true);
    next.focus();
    event.preventDefault();
  }

  reach(message, within) {
    message.toggleAttribute("data-reached", within);
    for (const one of message.querySelectorAll("button, a")) one.tabIndex = within ? 0 : one.matches(".choice, .link") ? 0 : -1;
  }

  /** On a touch screen a message that is drawn to the right is quoted. */
  swipable() {
    let from = null;
    const end = () => {
      if (from?.message) from.message.style.translate = "";
      from = null;
    };
    this.element.addEventListener("touchstart", (event) => {
      const message = event.target.closest(".message:not(.pending)");
      from = message && event.touches.length === 1 ? { message, x: event.touches[0].clientX, y: event.touches[0].clientY, far: false } : null;
    }, { passive: true });
    this.element.addEventListener("touchmove", (event) => {
      if (!from) return;
      const x = event.touches[0].clientX - from.x;
      const y = Math.abs(event.touches[0].clientY - from.y);
      if (y > SWIPE_DOWN && Math.abs(x) < SWIPE) return end();
      from.far = x > SWIPE && y < x;
      from.message.style.translate = `${Math.max(0, Math.min(x, SWIPE * 1.5))}px`;
    }, { passive: true });
    this.element.addEventListener("touchend", () => {
      const found = from?.far && this.room.messages.find((message) => message.id === from.message.dataset.id);
      end();
      if (found) this.act.quote(found);
    });
    this.element.addEventListener("touchcancel", end);
  }
}
