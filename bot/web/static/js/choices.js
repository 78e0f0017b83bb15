// A question that ends in a numbered list (“1 满意 2 基本满意 …”) gets buttons that say the number.

const LIST = /(?:^|[^\d#])(1\s+\S+(?:\s+\d\s+\S+)+)\s*$/m;

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

/** Whether a message asks me: the bot said it to me alone, or called me. */
export const asksMe = (message, me) =>
  message.bot && (message.room === null || message.mentions.includes(me)) && choicesIn(message.text).length > 1;
