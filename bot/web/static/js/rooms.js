// The list of rooms: what was said last, when, and how much is unread.

import { byId, h } from "./dom.js";
import { avatar, roomAvatar } from "./people.js";
import { keyOf } from "./talk.js";
import { short } from "./when.js";
import { say, setup } from "./words.js";

/** Return what was said last in a room, on one line. */
function preview(room, me) {
  const last = room.pending.at(-1) ?? room.messages.at(-1);
  if (!last) return "";
  if (last.kind === "recalled") return say("recalled", { name: last.name });
  if (last.kind === "join") return say("joined", { name: last.name });
  const words = last.text.replace(/\s+/g, " ").slice(0, 60);
  const mine = last.sender === me.id || room.id === null;
  return mine ? words : `${last.name}:${words}`;
}

function row(room, talk, open) {
  const last = room.messages.at(-1);
  const current = keyOf(room.id) === talk.current;
  const unread = room.unread > 99 ? "99+" : room.unread;
  const called = room.called && h("span", { class: "called" }, say("called"));
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "room", "data-room": keyOf(room.id), "aria-current": current && "true", onclick: () => open(room) },
      roomAvatar(room.kind),
      h("span", { class: "topic" }, room.topic, room.kind === "private" && h("span", { class: "badge" }, say("robot"))),
      h("time", { class: "when" }, last ? short(last.at) : ""),
      h("span", { class: "preview" }, called, preview(room, talk.me)),
      room.unread > 0 && h("span", { class: "unread", "aria-label": say("unread", { count: room.unread }) }, unread),
    ),
  );
}

/** Draw the list, the room that was spoken in last on top. */
export function drawRooms(talk, open) {
  const spoken = (room) => (room.messages.at(-1)?.at ?? 0) + (room.kind === "private" ? 1 : 0);
  const rooms = [...talk.rooms.values()].sort((a, b) => spoken(b) - spoken(a));
  const list = byId("rooms");
  const focused = document.activeElement?.dataset?.room;
  list.replaceChildren(...rooms.map((room) => row(room, talk, open)));
  if (focused !== undefined) list.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
  const count = talk.unread();
  document.title = count ? `(${count}) ${say("title")}` : say("title");
}

/** Draw the ways to the other pages; in the demo they keep whom one plays. */
function drawPages({ me, pages }) {
  const playing = setup.demo ? `?as=${encodeURIComponent(me.id)}` : "";
  byId("pages").replaceChildren(...pages.map(({ name, path }) => h("a", { href: path + playing }, name)));
}

/** Draw who one is, how to become somebody else, and where else one may go. */
export function drawMe(talk, change) {
  const { me } = talk;
  drawPages(talk);
  const text = h("span", { class: "who" }, h("strong", {}, me.name), h("span", { class: "about" }, me.about));
  byId("me").replaceChildren(
    avatar(me.id, me.name),
    text,
    h("button", { type: "button", class: "swap", id: "swap", onclick: change }, say(setup.demo ? "speak_as" : "sign_out")),
  );
}
