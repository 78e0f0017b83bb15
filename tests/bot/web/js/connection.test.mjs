import assert from "node:assert/strict";
import { test } from "node:test";

import { Socket } from "./page.mjs";

const { Connection, clientId } = await import("../../../../bot/web/static/js/connection.js");

function opened(account = "limin") {
  const heard = [];
  const states = [];
  const line = new Connection(() => "ws://x", (frame) => heard.push(frame), (state) => states.push(state));
  line.open();
  const socket = Socket.all.at(-1);
  socket.hears({ type: "hello", me: { id: account } });
  return { line, socket, heard, states };
}

test("what was not acknowledged is sent again over the next connection", () => {
  const { line, socket } = opened("a");
  line.deliver({ type: "say", client: "k1", text: "一" });
  line.deliver({ type: "say", client: "k2", text: "二" });
  socket.hears({ type: "ack", client: "k1" });
  line.restart();
  const next = Socket.all.at(-1);
  next.hears({ type: "hello", me: { id: "a" } });
  assert.deepEqual(next.sent.map((frame) => frame.client), ["k2"]);
  line.close();
  clearTimeout(line.patience);
});

test("what this tab could not deliver is taken up after a reload, by the same person only", () => {
  const { line } = opened("b");
  line.deliver({ type: "say", client: "k3", text: "三" });
  line.close();
  clearTimeout(line.patience);
  const same = opened("b");
  assert.deepEqual(same.socket.sent.map((frame) => frame.client), ["k3"]);
  clearTimeout(same.line.patience);
  assert.deepEqual(opened("c").socket.sent, []);
});

test("a frame that is too large is not taken", () => {
  const { line } = opened("d");
  assert.equal(line.deliver({ client: "k4", text: "长".repeat(400) }), false);
  assert.equal(line.unsent.size, 0);
});

test("a lost connection is said and opened again", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { line, socket, states } = opened("e");
  const before = Socket.all.length;
  socket.onclose();
  context.mock.timers.tick(8000);
  assert.deepEqual([states.at(-1), Socket.all.length], ["lost", before + 1]);
  line.close();
});

test("no two messages have one number", () => {
  assert.equal(new Set(Array.from({ length: 100 }, clientId)).size, 100);
});
