// One message as it is drawn.

import { isAlarm } from "./alarm.js";
import { asksMe, choicesIn } from "./choices.js";
import { h, icon } from "./dom.js";
import { picture } from "./pictures.js";
import { avatar, knownNames, nameOf } from "./people.js";
import { say } from "./words.js";

const PARTS =
  /(https?:\/\/[^\s<>"'“”，。！？；、（）()【】《》]+)|(@)|((?:[一-鿿]{2,12})?#\d{1,9}(?!\d))|((?<![\d#.:：-])(?:11[09]|12[02]|12110|12119|123(?:33|45|48|56)|955\d\d)(?![\d.:：-]))/g;
const OTHER = /(?:议事会|通知|议题|表决|公示|活动|心愿|评选|求助|兑换|必到|好人|问答)\s*$/; // what else has a number
const LONG = 900; // characters, after which a message is folded
const LONG_LINES = 24;
const RECALL_WITHIN = 120_000;

/** Return a file to download: its first line is its name. It is made here, so it lies on no server. */
function file(message) {
  const [name, ...lines] = message.text.split("\n");
  const made = new Blob([lines.join("\n")], { type: "text/plain;charset=utf-8" });
  return h("a", { class: "file", href: URL.createObjectURL(made), download: `${name}.txt` }, `${name}.txt`);
}

/** Return a text in nodes: links that open elsewhere, names that are called in colour. */
export function worded(text, me, { bot = false, card = null } = {}) {
  const names = knownNames();
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(PARTS)) {
    if (found.index < at) continue;
    const called = found[2] && names.find((name) => text.startsWith(name, found.index + 1));
    if (found[2] && !called) continue;
    if (found[3] && (!card || OTHER.test(text.slice(0, found.index + found[3].indexOf("#"))))) continue;
    if (found[4] && !bot) continue;
    nodes.push(text.slice(at, found.index));
    if (found[1]) {
      nodes.push(h("a", { href: found[1], target: "_blank", rel: "noopener noreferrer nofollow" }, found[1]));
      at = found.index + found[1].length;
    } else if (found[3]) {
      const before = found[3].indexOf("#");
      nodes.push(found[3].slice(0, before));
      nodes.push(h("button", { type: "button", class: "case-number", tabindex: "-1", onclick: () => card(found[3]) }, found[3].slice(before)));
      at = found.index + found[3].length;
    } else if (found[4]) {
      nodes.push(h("a", { class: "tel", href: `tel:${found[4]}` }, found[4]));
      at = found.index + found[4].length;
    } else {
      nodes.push(h("span", { class: called === me.name ? "called myself" : "called" }, `@${called}`));
      at = found.index + called.length + 1;
    }
  }
  nodes.push(text.slice(at));
  return nodes;
}

function words(message, me, act) {
  const element = h("div", { class: "words" }, worded(message.text, me, { bot: message.bot, card: act.card && ((ref) => act.card(message, ref)) }));
  if (message.text.length <= LONG && message.text.split("\n").length <= LONG_LINES) return element;
  element.classList.add("folded");
  const unfold = () => {
    element.classList.remove("folded");
    more.remove();
  };
  const more = h("button", { type: "button", class: "link", onclick: unfold }, say("unfold"));
  return [element, more];
}

function quoted(quote, act) {
  const label = `${quote.name || nameOf(quote.sender)}:${quote.text}`;
  return h("button", { type: "button", class: "quoted", tabindex: "-1", onclick: () => act.find(quote.id) }, label);
}

function tools(message, me, act) {
  const fresh = message.sender === me.id && Date.now() - message.at < RECALL_WITHIN;
  const button = (name, words, then) =>
    h("button", { type: "button", class: "tool", tabindex: "-1", title: words, "aria-label": words, onclick: then }, icon(name));
  return h(
    "div",
    { class: "tools" },
    button("reply", say("quote"), () => act.quote(message)),
    fresh && button("undo", say("recall"), () => act.recall(message)),
  );
}

function choices(message, act) {
  const button = ({ digit, label }) =>
    h("button", { type: "button", class: "choice", onclick: () => act.choose(message, digit) }, h("b", {}, digit), ` ${label}`);
  return h("div", { class: "choices", role: "group", "aria-label": say("choose_one") }, choicesIn(message.text).map(button));
}

function state(message, act) {
  if (!message.refused) return h("span", { class: "state" }, say("sending"));
  const again = h("button", { type: "button", class: "link", onclick: () => act.again(message) }, say("edit_again"));
  return h("span", { class: "state refused" }, message.refused, " ", again);
}

/** Return a line that nobody said: somebody came, something was taken back. */
export function event(message) {
  const key = { join: "joined", leave: "left", recalled: "recalled" }[message.kind];
  return h("p", { class: "event", "data-id": message.id }, say(key, { name: message.name }));
}

/** Whether a picture says something besides: a result, a question, a link. */
export const hasWords = (message) => Boolean(message.text?.trim()) && !/^\[图片?\]$/.test(message.text.trim());

/** Return a message. `grouped`: the one before it is by the same person. `asked`: it still waits for my answer. */
export function bubble(message, { me, grouped, quote, asked, act }) {
  const own = message.sender === me.id;
  const kinds = ["message", own && "own", message.bot && "bot", grouped && "grouped", message.pending && "pending", isAlarm(message) && "alarm"];
  const name = h(
    "div",
    { class: "name" },
    message.name,
    message.bot && h("span", { class: "badge" }, say("robot")),
  );
  const pictured = message.kind === "image";
  const shown = { image: picture, file }[message.kind]?.(message) ?? words(message, me, act);
  const face = message.bot || own
    ? avatar(message.sender, message.name, message.bot)
    : h("button", { type: "button", class: "face", tabindex: "-1", title: `@${message.name}`, "aria-label": `@${message.name}`, onclick: () => act.call(message) }, avatar(message.sender, message.name));
  return h(
    "article",
    { class: kinds.filter(Boolean).join(" "), "data-id": message.id, "data-client": message.client, tabindex: "-1", "aria-label": message.name },
    face,
    h(
      "div",
      { class: "body" },
      name,
      pictured && hasWords(message) && h("div", { class: "bubble" }, words(message, me, act)),
      h("div", { class: pictured ? "bubble pictured" : "bubble" }, shown),
      quote && quoted(quote, act),
      asked && asksMe(message, me.id) && choices(message, act),
      message.pending && state(message, act),
    ),
    !message.pending && tools(message, me, act),
  );
}
