// What the page's modules expect of a browser, as far as they use it: made before they are imported.

class Store {
  #kept = new Map();
  getItem(key) {
    return this.#kept.get(key) ?? null;
  }
  setItem(key, value) {
    this.#kept.set(key, String(value));
  }
}

/** A socket that opens when it is told to, and remembers what was sent. */
export class Socket {
  static CLOSED = 3;
  static OPEN = 1;
  static all = [];
  readyState = 0;
  sent = [];
  constructor(address) {
    this.address = address;
    Socket.all.push(this);
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = Socket.CLOSED;
  }
  hears(frame) {
    this.readyState = Socket.OPEN;
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

export const setup = { zone: "Asia/Shanghai", bot: "哨子", mostBytes: 1000, words: { yesterday: "昨天" } };

globalThis.localStorage = new Store();
globalThis.sessionStorage = new Store();
globalThis.WebSocket = Socket;
globalThis.addEventListener ??= () => {};
globalThis.document = {
  hidden: false,
  addEventListener() {},
  getElementById: () => ({ textContent: JSON.stringify(setup) }),
  querySelector: () => ({ textContent: JSON.stringify(setup) }),
};
