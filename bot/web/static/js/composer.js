// Where one writes: words, a quote, pictures that wait to be sent.

import { byId, h, icon, toast } from "./dom.js";
import { nameOf } from "./people.js";
import { Picker } from "./picker.js";
import { acceptDrops, picturesAmong, upload } from "./pictures.js";
import { say, setup } from "./words.js";

const TALLEST = 160; // pixels
const touch = matchMedia("(pointer: coarse)");

export class Composer {
  /** `send(room, {text, media, mentions, quote})` says something. */
  constructor(talk, send) {
    this.talk = talk;
    this.send = send;
    this.field = byId("text");
    this.quote = null;
    this.pictures = [];
    this.called = new Map(); // account → name, of those picked
    this.picker = new Picker(this.field, () => this.callable(), () => this.talk.commands, (one) => (one.word ? this.guide(one) : this.note(one)));
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => this.paste(event));
    byId("composer").addEventListener("submit", (event) => this.submit(event));
    byId("file").addEventListener("change", (event) => this.pick(event.target));
    byId("pick").addEventListener("click", () => byId("file").click());
    byId("at").addEventListener("click", () => this.insert("@"));
    byId("command").addEventListener("click", () => this.command());
    byId("voice").addEventListener("click", () => toast(say("voice_how")));
    acceptDrops((files) => this.add(files));
  }

  get room() {
    return this.talk.rooms.get(this.talk.current);
  }

  /** Show what was begun in the room that is open now. */
  open() {
    const { draft } = this.room;
    this.field.value = draft.text;
    this.quote = draft.quote;
    this.pictures = [];
    this.drawQuote();
    this.drawTray();
    this.changed();
    this.picker.close();
  }

  callable() {
    return (this.room.members ?? []).filter((one) => one.id !== this.talk.me.id);
  }

  /** Quote a message. */
  answer(message) {
    const text = message.text.replace(/\s+/g, " ").slice(0, 80);
    this.quote = { id: message.id, sender: message.sender, name: message.name, text };
    this.drawQuote();
    this.field.focus();
  }

  /** Call somebody by name. */
  call(message) {
    this.note({ id: message.sender, name: message.name });
    this.insert(`@${message.name} `);
    this.picker.close();
  }

  /** Take a message that was refused back into the field. */
  take(message) {
    this.field.value = message.text;
    this.changed();
    this.field.focus();
  }

  /** Begin a command: the list of them opens. */
  command() {
    if (!this.field.value.startsWith("/")) this.field.value = `/${this.field.value}`;
    this.field.focus();
    this.field.setSelectionRange(1, 1);
    this.changed();
    this.picker.look();
  }

  /** Show an example of the command that was picked. */
  guide({ example }) {
    byId("hint").textContent = say("for_example", { example });
    byId("hint").hidden = false;
    this.changed();
  }

  note({ id, name }) {
    this.called.set(id, name);
    this.changed();
  }

  insert(text) {
    this.field.focus();
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.changed();
    this.picker.look();
  }

  changed() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
    if (!field.value.trim()) byId("hint").hidden = true;
    byId("send").disabled = !field.value.trim() && this.pictures.length === 0;
    if (this.room) this.room.draft = { text: field.value, quote: this.quote };
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229 || this.picker.key(event)) return; // 229: a word is being composed
    if (event.key === "Enter" && !event.shiftKey && !touch.matches) this.submit(event);
    if (event.key === "Escape" && this.quote) this.unquote();
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    const room = this.room;
    if (!text && this.pictures.length === 0) return;
    const pictures = this.pictures;
    if (text && !this.send(room, { text, media: null, mentions: this.mentions(text), quote: this.quote })) {
      toast(say("too_long"));
      return;
    }
    this.field.value = "";
    this.pictures = [];
    this.called.clear();
    this.quote = null;
    this.drawQuote();
    this.drawTray();
    this.changed();
    for (const picture of pictures) this.sendPicture(room, picture);
  }

  /** Return whom a text calls: those picked whose @ still stands there, and the bot. */
  mentions(text) {
    const called = [...this.called].filter(([, name]) => text.includes(`@${name}`)).map(([account]) => account);
    if (text.includes(`@${setup.bot}`)) called.push("bot");
    return [...new Set(called)];
  }

  async sendPicture(room, { file, address }) {
    try {
      const media = await upload(file, room.id);
      this.send(room, { text: say("picture"), media, mentions: [], quote: null });
    } catch (error) {
      toast(error.message);
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.add(picturesAmong(files));
  }

  pick(input) {
    this.add(picturesAmong(input.files));
    input.value = "";
  }

  add(files) {
    this.pictures.push(...files.map((file) => ({ file, address: URL.createObjectURL(file) })));
    this.drawTray();
    this.changed();
    this.field.focus();
  }

  drawTray() {
    const tray = byId("tray");
    tray.hidden = this.pictures.length === 0;
    tray.replaceChildren(
      ...this.pictures.map((picture) =>
        h("li", {}, h("img", { src: picture.address, alt: picture.file.name }), this.cross(say("remove"), () => this.remove(picture))),
      ),
    );
  }

  remove(picture) {
    URL.revokeObjectURL(picture.address);
    this.pictures = this.pictures.filter((one) => one !== picture);
    this.drawTray();
    this.changed();
  }

  drawQuote() {
    const element = byId("quoting");
    element.hidden = !this.quote;
    if (!this.quote) return;
    const words = `${this.quote.name || nameOf(this.quote.sender)}:${this.quote.text}`;
    element.replaceChildren(h("span", {}, words), this.cross(say("unquote"), () => this.unquote()));
  }

  unquote() {
    this.quote = null;
    this.drawQuote();
    this.changed();
    this.field.focus();
  }

  cross(words, then) {
    return h("button", { type: "button", class: "cross", "aria-label": words, title: words, onclick: then }, icon("close"));
  }
}
