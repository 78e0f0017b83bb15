import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.mjs";

class Node {
  constructor(tag) {
    this.tag = tag;
    this.attributes = {};
    this.children = [];
    this.classList = { add() {} };
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  addEventListener(type, then) {
    this[`on${type}`] = then;
  }
  append(...children) {
    this.children.push(...children);
  }
}
globalThis.document.createElement = (tag) => new Node(tag);
const { worded } = await import("../../../../bot/web/static/js/bubbles.js");
const { found } = await import("../../../../bot/web/static/js/search.js");

const me = { id: "wang", name: "王姐" };
const drawn = (text, more) => worded(text, me, more).filter((one) => one !== "");

test("a case's number is a button that names its community, too", () => {
  const asked = [];
  const [before, button, after] = drawn("已派给百安坝#12 了", { card: (ref) => asked.push(ref) });
  assert.deepEqual([before, button.tag, button.children[0], after], ["已派给百安坝", "button", "#12", " 了"]);
  button.onclick();
  assert.deepEqual(asked, ["已派给百安坝#12"]);
});

test("the number of a meeting is none of a case", () => {
  for (const text of ["议事会 #2:楼道充电", "通知 #5", "议事会#2"]) assert.deepEqual(drawn(text, { card: () => {} }), [text]);
});

test("without somebody to show cards a number is text", () => {
  assert.deepEqual(drawn("#12 好了"), ["#12 好了"]);
});

test("emergency numbers of the bot's are telephone links, nobody else's are", () => {
  const links = drawn("请马上打 119!再打 12356", { bot: true }).filter((one) => one.tag === "a");
  assert.deepEqual(links.map((one) => one.attributes.href), ["tel:119", "tel:12356"]);
  assert.deepEqual(drawn("请打 119"), ["请打 119"]);
  for (const text of ["#119", "1190 元", "10:120", "13812011999", "3-120"]) {
    assert.equal(drawn(text, { bot: true }).filter((one) => one.tag === "a").length, 0, text);
  }
});

test("the newest messages with all words are found", () => {
  const messages = [
    { id: "1", name: "王姐", text: "电梯坏了" },
    { id: "2", name: "老周", text: "电梯 又坏了" },
    { id: null, name: "我", text: "电梯坏了" },
  ];
  assert.deepEqual(found(messages, "电梯 坏").map((one) => one.id), ["2", "1"]);
  assert.deepEqual(found(messages, "王姐 电梯").map((one) => one.id), ["1"]);
  assert.deepEqual(found(messages, "  "), []);
});
