// All that this page knows of the talk: rooms, their messages, what is unread. It draws nothing.

import { meet } from "./people.js";

const MOST = 400; // messages of a room that are kept here

/** The chat with the bot alone has no room's id: here it goes by the empty word. */
export const keyOf = (room) => room ?? "";

export class Talk extends EventTarget {
  me = null;
  rooms = new Map();
  current = null;

  /** Take a frame of the server's. */
  take(frame) {
    const handler = this[`on_${frame.type}`];
    if (handler) handler.call(this, frame);
  }

  on_hello({ me, rooms, people, pages, commands }) {
    this.pages = pages;
    this.commands = commands ?? [];
    const before = this.me?.id === me.id ? this.rooms : new Map();
    this.me = me;
    this.people = people ?? [];
    for (const person of [me, ...this.people]) meet(person.id, person.name);
    this.reads = JSON.parse(localStorage.getItem(`read:${me.id}`) ?? "{}");
    this.rooms = new Map(rooms.map((room) => [keyOf(room.id), this.room(room, before.get(keyOf(room.id)))]));
    if (before.size === 0 || !this.rooms.has(this.current)) this.current = null;
  }

  on_message({ message }) {
    const room = this.rooms.get(keyOf(message.room));
    if (!room || room.messages.some((known) => known.id === message.id)) return;
    this.learn(message);
    room.messages.push(message);
    if (room.messages.length > MOST) room.messages.shift();
    if (message.client) this.drop(room, message.client);
    if (message.sender !== this.me.id && !this.looking(room)) {
      room.unread += 1;
      room.called ||= message.mentions.includes(this.me.id);
    }
    if (this.looking(room)) this.read(room);
    this.tell("message", { room, message });
  }

  on_history({ room: id, messages }) {
    const room = this.rooms.get(keyOf(id));
    if (!room) return;
    for (const message of messages) this.learn(message);
    room.messages = messages;
    room.more = false;
    this.tell("room", { room });
  }

  on_members({ room: id, people }) {
    const room = this.rooms.get(keyOf(id));
    if (!room) return;
    for (const person of people) meet(person.id, person.name);
    room.members = people;
    this.tell("members", { room });
  }

  on_ack({ room: id, client, id: messageId }) {
    const room = this.rooms.get(keyOf(id));
    const waiting = room && this.drop(room, client);
    if (!waiting) return;
    if (!room.messages.some((known) => known.id === messageId)) room.messages.push({ ...waiting, id: messageId });
    this.tell("room", { room });
  }

  on_refused({ client, words }) {
    for (const room of this.rooms.values()) {
      const waiting = room.pending.find((message) => message.client === client);
      if (waiting) {
        waiting.refused = words;
        this.tell("room", { room });
        return;
      }
    }
    this.tell("notice", { words });
  }

  on_card(card) {
    this.tell("card", { card });
  }

  on_notice({ words }) {
    this.tell("notice", { words });
  }

  on_recalled({ room: id, id: messageId, name }) {
    const room = this.rooms.get(keyOf(id));
    if (!room) return;
    room.messages = room.messages.map((message) => {
      if (message.id === messageId) return { ...message, kind: "recalled", name, text: "", media: null };
      return message.quote?.id === messageId ? { ...message, quote: { ...message.quote, text: "" } } : message;
    });
    this.tell("room", { room });
  }

  /** What I said has been forgotten, and what was said to me alone. */
  on_forgotten() {
    for (const room of this.rooms.values()) {
      room.messages = [];
      this.tell("room", { room });
    }
  }

  /** Show a message that is on its way. */
  expect(message) {
    const room = this.rooms.get(keyOf(message.room));
    room.pending.push(message);
    this.tell("message", { room, message });
  }

  /** Let go of a message that is on its way; return it. */
  drop(room, client) {
    const found = room.pending.find((message) => message.client === client);
    room.pending = room.pending.filter((message) => message !== found);
    return found;
  }

  /** Look at a room (null: at the list). */
  open(key) {
    this.current = this.rooms.has(key) ? key : null;
    const room = this.rooms.get(this.current);
    if (room) {
      room.firstUnread = room.unread ? room.messages.at(-room.unread)?.id : null;
      this.read(room);
    }
    this.tell("opened");
  }

  /** Note that all of a room has been read. */
  read(room) {
    room.unread = 0;
    room.called = false;
    this.reads[keyOf(room.id)] = room.messages.at(-1)?.at ?? Date.now();
    localStorage.setItem(`read:${this.me.id}`, JSON.stringify(this.reads));
  }

  looking(room) {
    return keyOf(room.id) === this.current && !document.hidden;
  }

  unread() {
    return [...this.rooms.values()].reduce((sum, room) => sum + room.unread, 0);
  }

  /** Return a room as the server tells it, with what only this page knows of it. */
  room(told, before) {
    const known = this.reads[keyOf(told.id)];
    const fresh = known === undefined ? [] : told.messages.filter((m) => m.at > known && m.sender !== this.me.id);
    for (const message of told.messages) this.learn(message);
    if (known === undefined) this.reads[keyOf(told.id)] = told.messages.at(-1)?.at ?? Date.now();
    return {
      ...told,
      unread: fresh.length,
      called: fresh.some((message) => message.mentions.includes(this.me.id)),
      pending: (before?.pending ?? []).filter((one) => !told.messages.some((m) => m.client === one.client)),
      draft: before?.draft ?? { text: "", quote: null },
      members: before?.members ?? null,
      firstUnread: null,
    };
  }

  learn(message) {
    if (!message.bot) meet(message.sender, message.name);
  }

  tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
