import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "./page.mjs";

const { Talk, keyOf } = await import("../../../../bot/web/static/js/talk.js");

const message = (id, more = {}) => ({ id, room: "grid1", sender: "wang", name: "王姐", at: 100, mentions: [], text: "x", ...more });
const hello = (messages = []) => ({
  type: "hello",
  me: { id: "limin", name: "李敏" },
  rooms: [
    { id: "grid1", topic: "居民群", messages },
    { id: null, topic: "哨子", messages: [] },
  ],
});
let talk;

beforeEach(() => {
  localStorage.setItem("read:limin", JSON.stringify({ grid1: 100 }));
  talk = new Talk();
});

test("what came since one looked is unread, one's own words are not", () => {
  talk.take(hello([message("a", { at: 99 }), message("b", { at: 101 }), message("c", { at: 102, sender: "limin" })]));
  assert.equal(talk.unread(), 1);
  talk.open("grid1");
  assert.equal(talk.unread(), 0);
  assert.equal(talk.rooms.get("grid1").firstUnread, "c");
});

test("a message is taken once, and one that names me calls me", () => {
  talk.take(hello());
  talk.take({ type: "message", message: message("a", { mentions: ["limin"] }) });
  talk.take({ type: "message", message: message("a") });
  const room = talk.rooms.get("grid1");
  assert.deepEqual([room.messages.length, room.unread, room.called], [1, 1, true]);
});

test("an acknowledgement puts what was on its way into the room, once", () => {
  talk.take(hello());
  talk.expect({ room: "grid1", client: "k1", text: "3栋灯坏了" });
  talk.take({ type: "ack", room: "grid1", client: "k1", id: "m9" });
  talk.take({ type: "ack", room: "grid1", client: "k1", id: "m9" });
  const room = talk.rooms.get("grid1");
  assert.deepEqual([room.pending.length, room.messages.map((one) => one.id)], [0, ["m9"]]);
});

test("what is recalled loses its words, where it is quoted too", () => {
  talk.take(hello());
  talk.take({ type: "message", message: message("a", { text: "秘密" }) });
  talk.take({ type: "message", message: message("b", { quote: { id: "a", text: "秘密" } }) });
  talk.take({ type: "recalled", room: "grid1", id: "a", name: "王姐" });
  assert.ok(!JSON.stringify(talk.rooms.get("grid1").messages).includes("秘密"));
});

test("of one room four hundred messages are kept", () => {
  talk.take(hello());
  for (let n = 0; n < 410; n += 1) talk.take({ type: "message", message: message(`m${n}`) });
  assert.equal(talk.rooms.get("grid1").messages.length, 400);
});

test("a frame nobody knows is left alone; the bot's chat has the empty word for a key", () => {
  talk.take({ type: "what" });
  assert.equal(keyOf(null), "");
});
