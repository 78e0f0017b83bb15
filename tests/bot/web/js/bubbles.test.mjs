import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.mjs";

const { hasWords } = await import("../../../../bot/web/static/js/bubbles.js");

test("the words of a picture are shown beside it, its bare name is not", () => {
  assert.ok(hasWords({ kind: "image", text: "#12 已办结:主板更换" }));
  for (const text of ["", " ", "[图]", "[图片]", undefined]) assert.ok(!hasWords({ kind: "image", text }), text);
});
