// The connection: opened again whenever it is lost, with what was not acknowledged sent again.

import { setup } from "./words.js";

const FIRST = 500;
const MOST = 8000;
const UNANSWERED = 12_000; // milliseconds without an answer after which the connection counts as dead

/** Return a number for a message that nobody else gives. */
export function clientId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Connection {
  /** `address` returns where to connect; `take` gets every frame, `changed` the state: open, lost. */
  constructor(address, take, changed) {
    this.address = address;
    this.take = take;
    this.changed = changed;
    this.unsent = new Map(); // client id → frame, in the order said
    this.tries = 0;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  open() {
    clearTimeout(this.waiting);
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onmessage = (event) => socket === this.socket && this.heard(JSON.parse(event.data));
    socket.onclose = () => socket === this.socket && this.lost();
  }

  /** Connect anew, as somebody else perhaps. */
  restart() {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.tries = 0;
    this.open();
  }

  close() {
    const old = this.socket;
    this.socket = null;
    clearTimeout(this.waiting);
    old?.close();
  }

  hurry() {
    if (this.socket && this.socket.readyState === WebSocket.CLOSED) this.open();
  }

  heard(frame) {
    clearTimeout(this.patience);
    if (frame.type === "hello") {
      this.tries = 0;
      this.recover(frame.me.id);
      this.take(frame);
      this.changed("open");
      for (const waiting of this.unsent.values()) this.put(waiting);
      return;
    }
    if (frame.type === "ack" || frame.type === "refused") this.settle(frame.client);
    this.take(frame);
  }

  lost() {
    this.changed("lost");
    this.tries += 1;
    const wait = Math.min(FIRST * 2 ** (this.tries - 1), MOST) * (0.8 + 0.4 * Math.random());
    this.waiting = setTimeout(() => this.open(), wait);
  }

  /** Send a frame that may get lost. */
  put(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    if (frame.client) {
      clearTimeout(this.patience);
      this.patience = setTimeout(() => this.socket?.close(), UNANSWERED);
    }
    return true;
  }

  /** Send a frame that must not get lost: it waits here until the server has acknowledged it. */
  deliver(frame) {
    if (new Blob([JSON.stringify(frame)]).size > setup.mostBytes) return false;
    this.unsent.set(frame.client, frame);
    this.remember();
    this.put(frame);
    return true;
  }

  settle(client) {
    if (this.unsent.delete(client)) this.remember();
  }

  /** Take up what this tab could not deliver before it was reloaded. */
  recover(account) {
    if (this.account === account) return;
    this.account = account;
    const kept = sessionStorage.getItem(`unsent:${account}`);
    this.unsent = new Map(kept ? JSON.parse(kept).map((frame) => [frame.client, frame]) : []);
  }

  remember() {
    sessionStorage.setItem(`unsent:${this.account}`, JSON.stringify([...this.unsent.values()]));
  }
}
