import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.mjs";

const { long, paused, short } = await import("../../../../bot/web/static/js/when.js");
const at = (text) => Date.parse(`${text}+08:00`);
const now = at("2026-03-04T09:00");

test("today is a clock, yesterday a word, this week a weekday, else a date, with its year if it is another", () => {
  assert.equal(short(at("2026-03-04T08:05"), now), "08:05");
  assert.equal(short(at("2026-03-03T23:59"), now), "昨天");
  assert.equal(short(at("2026-03-01T08:00"), now), "星期日");
  assert.equal(short(at("2026-02-01T08:00"), now), "2月1日");
  assert.equal(short(at("2025-12-31T08:00"), now), "2025年12月31日");
});

test("the long form has day and clock, at midnight 00:00", () => {
  assert.equal(long(at("2026-03-03T00:00"), now), "昨天 00:00");
  assert.equal(long(at("2026-03-04T00:00"), now), "00:00");
});

test("the time stands between messages that are more than five minutes apart", () => {
  assert.equal(paused(null, now), true);
  assert.equal(paused(now - 300_000, now), false);
  assert.equal(paused(now - 300_001, now), true);
});
