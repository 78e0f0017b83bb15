import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.mjs";

const { asksMe, choicesIn, isStale } = await import("../../../../bot/web/static/js/choices.js");

const ASKED = "#12 已办结:主板更换。@王姐 办得怎么样?请回一个数:1 满意 2 基本满意 3 不满意 4 没解决 5 没人联系过我";
const question = (text = ASKED) => ({ id: "q", at: 1000, text, bot: true, room: "grid1", mentions: ["wang"] });
const bot = (text) => ({ id: "b", at: 2000, text, bot: true, room: "grid1", mentions: [] });

test("e10 a question has a button for each choice", () => {
  assert.deepEqual(choicesIn(ASKED).map((choice) => choice.label), ["满意", "基本满意", "不满意", "没解决", "没人联系过我"]);
  assert.ok(asksMe(question(), "wang"));
  assert.ok(!asksMe(question(), "liu"));
});

test("e10 figures are no choices", () => {
  for (const text of [
    "通知 #1 已发 1/1 个群,收到 2 人。",
    "通知 #1 发往 1 个群,收到 2 人",
    "通知 1 个群 2 人",
    "上报 1 件,受理 2 件 3 件",
    "1 件 2 件",
  ])
    assert.deepEqual(choicesIn(text), [], text);
});

test("e10 a question is stale when its case was spoken of since, or after a week", () => {
  assert.ok(!isStale(question(), [], 2000));
  assert.ok(!isStale(question(), [bot("#13 已受理"), bot("谢谢评价")], 2000));
  assert.ok(isStale(question(), [bot("#12 重办:还在漏")], 2000));
  assert.ok(!isStale(question(), [{ ...bot("#12 怎么样了"), bot: false }], 2000));
  assert.ok(isStale(question(), [], 8 * 86_400_000));
});
