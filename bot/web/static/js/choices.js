// A question that ends in a numbered list (“1 满意 2 基本满意 …”) gets buttons that say the number.

// Labels are words without marks: “已发 1 个群,收到 2 人。” asks nothing.
const LABEL = "[^\\s\\d,，。.;；:：!！?？]+";
const LIST = new RegExp(`(?:^|[^\\d#/])(1\\s+${LABEL}(?:\\s+\\d\\s+${LABEL}){2,})\\s*$`, "m");
const CASE = /#\d+/g;
const ASKED_FOR = 7 * 86_400_000; // milliseconds in which an answer counts

/** Return the choices a text ends with as [{digit, label}], none if it ends with no such list. */
export function choicesIn(text) {
  const found = LIST.exec(text);
  if (!found) return [];
  const choices = [...found[1].matchAll(/(\d)\s+(\S+)/g)].map(([, digit, label]) => ({ digit, label }));
  return choices.every((choice, index) => Number(choice.digit) === index + 1) ? choices : [];
}

/** Whether a text says nothing but one of a question's choices, by number or word. */
export const chooses = (text, question) =>
  choicesIn(question.text).some(({ digit, label }) => text.trim() === digit || text.trim() === label);

/** Whether nothing comes of answering a question any more: it is too old, or its case was spoken of since. */
export function isStale(question, later, now) {
  if (now - question.at > ASKED_FOR) return true;
  const cases = new Set(question.text.match(CASE) ?? []);
  return later.some((message) => message.bot && (message.text?.match(CASE) ?? []).some((one) => cases.has(one)));
}

/** Whether a message asks me: the bot said it to me alone, or called me. */
export const asksMe = (message, me) =>
  message.bot && (message.room === null || message.mentions.includes(me)) && choicesIn(message.text).length > 1;
