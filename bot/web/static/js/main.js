// The page: the parts, and what passes between them.

import { sound } from "./alarm.js";
import { showCard } from "./cards.js";
import { Composer } from "./composer.js";
import { Connection, clientId } from "./connection.js";
import { choosePersona, showKeeps, showMembers } from "./dialogs.js";
import { byId, icon, toast } from "./dom.js";
import { Log } from "./log.js";
import { offer, tell } from "./notices.js";
import { addressOf, speakAs } from "./pictures.js";
import { drawMe, drawRooms } from "./rooms.js";
import { Search } from "./search.js";
import { Talk, keyOf } from "./talk.js";
import { say, setup } from "./words.js";

const narrow = matchMedia("(max-width: 719px)");
const talk = new Talk();
let persona = new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem("persona") ?? "";

const connection = new Connection(address, take, connected);
const card = (message, ref) => connection.put({ type: "card", room: message.room, ref });
const act = { quote: (m) => composer.answer(m), call: (m) => composer.call(m), recall, choose, again, card };
const log = new Log(talk, act);
const composer = new Composer(talk, send);
const search = new Search(() => log.room, (id) => log.find(id));

function address() {
  speakAs(persona);
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${addressOf("/chat")}`;
}

function take(frame) {
  if (frame.type === "reload") connection.put({ type: "hello" });
  else if (frame.type === "gone") leave();
  else if (frame.type === "hello") greet(frame);
  else talk.take(frame);
}

function greet(frame) {
  if (setup.demo) remember(frame.me);
  talk.take(frame);
  for (const waiting of connection.unsent.values()) {
    const known = (one) => one.client === waiting.client;
    const room = talk.rooms.get(keyOf(waiting.room));
    if (waiting.type === "say" && room && ![...room.pending, ...room.messages].some(known)) room.pending.push(expected(waiting));
  }
  if (talk.current === null) show();
  else refresh();
}

function connected(state) {
  byId("status").textContent = state === "lost" ? say("reconnecting") : "";
  document.body.classList.toggle("offline", state === "lost");
}

/** Who one was is no more. */
function leave() {
  connection.close();
  sessionStorage.removeItem("persona");
  location.replace(setup.demo ? "/" : "/sign-in");
}

// what one says -----------------------------------------------------------------------------------------------

/** Say something in a room; return false if it is too long. */
function send(room, { text, media, mentions, quote }) {
  const frame = { type: "say", client: clientId(), room: room.id, text, media, mentions, quote: quote?.id ?? null };
  if (!connection.deliver(frame)) return false;
  talk.expect(expected(frame, quote));
  return true;
}

function expected(frame, quote = null) {
  const { id: sender, name } = talk.me;
  const kind = frame.media ? "image" : "text";
  return { ...frame, id: null, sender, name, at: Date.now(), kind, bot: false, quote, pending: true };
}

function recall(message) {
  connection.deliver({ type: "recall", client: clientId(), room: message.room, id: message.id });
}

function choose(message, digit) {
  const quote = { id: message.id, sender: message.sender, name: message.name, text: message.text.slice(0, 80) };
  log.answer(message.id);
  send(log.room, { text: digit, media: null, mentions: [], quote });
}

function again(message) {
  talk.drop(log.room, message.client);
  log.draw({ stay: true });
  composer.take(message);
}

// where one looks ---------------------------------------------------------------------------------------------

/** Return the room that the address names; null for the list, or for nonsense. */
function fromAddress() {
  try {
    return location.hash.startsWith("#/") ? decodeURIComponent(location.hash.slice(2)) : null;
  } catch {
    return null;
  }
}

/** Open a room by its address, so that the way back is the browser's. */
function open(room) {
  const hash = `#/${encodeURIComponent(keyOf(room.id))}`;
  if (location.hash === hash) show();
  else location.hash = hash;
}

function show() {
  let key = fromAddress();
  if (key === null && !narrow.matches) key = talk.rooms.keys().next().value ?? null;
  talk.open(key);
}

/** Draw the open room anew without disturbing who reads or writes there. */
function refresh() {
  drawMe(talk, setup.demo ? switchPersona : signOut);
  rooms();
  ask(log.room);
  log.draw({ stay: true });
}

/** Ask for what is not here yet: older messages, and who is in the room. */
function ask(room) {
  if (room.more) connection.put({ type: "history", room: room.id });
  if (room.id !== null && !room.members) connection.put({ type: "members", room: room.id });
}

function drawRoom() {
  const { room } = log;
  byId("app").dataset.view = room ? "chat" : "rooms";
  byId("chat").hidden = !room;
  byId("empty").hidden = Boolean(room);
  if (!room) return;
  byId("topic").textContent = room.topic;
  byId("members").hidden = room.id === null;
  drawAbout(room);
  ask(room);
  log.draw();
  search.close();
  composer.open();
  if (!narrow.matches) byId("text").focus();
}

function drawAbout(room) {
  const about = room.id === null ? say("private_about") : room.members && say("members_of", { count: room.members.length });
  byId("about-room").textContent = about ? `${about} · ` : "";
}

const rooms = () => drawRooms(talk, open);

talk.addEventListener("opened", () => {
  drawMe(talk, setup.demo ? switchPersona : signOut);
  rooms();
  drawRoom();
});
talk.addEventListener("message", ({ detail: { room, message } }) => {
  if (room === log.room) log.append(message);
  rooms();
  sound(message);
  tell(room, message, talk.me, open);
});
talk.addEventListener("room", ({ detail: { room } }) => {
  if (room === log.room) log.draw({ stay: true });
  rooms();
});
talk.addEventListener("members", ({ detail: { room } }) => room === log.room && drawAbout(room));
talk.addEventListener("card", ({ detail }) => showCard(detail.card));
talk.addEventListener("notice", ({ detail: { words } }) => toast(words));

// who one is --------------------------------------------------------------------------------------------------

const addressAs = (account) => `/?as=${encodeURIComponent(account)}${location.hash}`;

/** In the demo this tab remembers as whom it speaks, and so does its address. */
function remember(me) {
  persona = me.id;
  speakAs(persona);
  sessionStorage.setItem("persona", persona);
  history.replaceState(null, "", addressAs(persona));
}

function switchPersona() {
  choosePersona(talk, (account) => ((persona = account), connection.restart()), addressAs);
}

async function signOut() {
  await fetch("/sign-out", { method: "POST" });
  leave();
}

addEventListener("hashchange", () => talk.me && show());
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !log.room) return;
  talk.read(log.room);
  rooms();
});
byId("back").append(icon("back"));
byId("back").addEventListener("click", () => (location.hash = ""));
byId("members").append(icon("people"));
byId("members").addEventListener("click", () => log.room?.members && showMembers(log.room, (one) => composer.call(one)));
byId("at").append(icon("at"));
byId("pick").append(icon("picture"));
byId("command").append(icon("slash"));
byId("voice").append(icon("mic"));
byId("skip").addEventListener("click", () => (log.room ? byId("text") : byId("rooms").querySelector("button"))?.focus());
for (const form of document.querySelectorAll(".looks form")) {
  form.addEventListener("submit", () => (form.elements.back.value = `${location.pathname}${location.search}${location.hash}`));
}
offer();
document.querySelectorAll("[data-keeps]").forEach((button) => button.addEventListener("click", showKeeps));
connection.open();
