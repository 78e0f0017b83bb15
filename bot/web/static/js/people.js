// People as they are shown: a round avatar with a colour that stays theirs. Names are for reading only.

import { h, icon } from "./dom.js";
import { setup } from "./words.js";

const COLOURS = 12;
const TITLED = /^.(老师|主任|书记|大爷|大妈|大姐|大哥|阿姨|叔叔|奶奶|爷爷|师傅|医生|经理|队长|律师|警官|支书|会计)$/u;
const names = new Map(); // account → name, as last seen
let longestFirst = null; // all names, sorted when they are next needed

/** Remember how somebody is called. */
export function meet(account, name) {
  if (!account || !name || names.get(account) === name) return;
  names.set(account, name);
  longestFirst = null;
}

export const nameOf = (account) => (account === "bot" ? setup.bot : names.get(account) ?? account);

/** Return all names that an @ may stand before, the longest first. */
export function knownNames() {
  longestFirst ??= [...new Set([setup.bot, ...names.values()])].sort((a, b) => b.length - a.length);
  return longestFirst;
}

function colour(account) {
  let hash = 7;
  for (const sign of account) hash = (hash * 31 + sign.codePointAt(0)) >>> 0;
  return hash % COLOURS;
}

/** Return what stands in a person's avatar: the name's last two characters, of 陈老师 and 赵主任 the first. */
function initials(name) {
  const signs = [...name.trim()];
  return TITLED.test(name) ? signs[0] : signs.slice(-2).join("");
}

/** Return a person's avatar. */
export function avatar(account, name, bot = false) {
  if (bot) return h("span", { class: "avatar of-bot", "aria-hidden": "true" }, icon("private"));
  return h("span", { class: `avatar colour-${colour(account)}`, "aria-hidden": "true" }, initials(name));
}

/** Return a room's avatar: what kind of room it is. */
export function roomAvatar(kind) {
  return h("span", { class: `avatar of-${kind}`, "aria-hidden": "true" }, icon(kind));
}
