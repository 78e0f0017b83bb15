// Times as people write them in a chat, in the place's time zone.

import { say, setup } from "./words.js";

const DAY = 86_400_000;
const PAUSE = 5 * 60_000;
const zone = { timeZone: setup.zone };
const clock = new Intl.DateTimeFormat("zh-CN", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat("zh-CN", { ...zone, weekday: "long" });
const date = new Intl.DateTimeFormat("zh-CN", { ...zone, month: "long", day: "numeric" });
const fullDate = new Intl.DateTimeFormat("zh-CN", { ...zone, year: "numeric", month: "long", day: "numeric" });
const key = new Intl.DateTimeFormat("en-CA", zone); // 2026-03-02

/** Whether two messages lie so far apart that the time stands between them. */
export const paused = (before, at) => before === null || at - before > PAUSE;

/** Return the day: nothing for today, 昨天, 星期三, 3月2日. */
function day(at, now) {
  if (key.format(at) === key.format(now)) return "";
  if (key.format(at) === key.format(now - DAY)) return say("yesterday");
  if (now - at < 6 * DAY) return weekday.format(at);
  return key.format(at).slice(0, 4) === key.format(now).slice(0, 4) ? date.format(at) : fullDate.format(at);
}

/** Return a time with its day, for between messages. */
export const long = (at, now = Date.now()) => `${day(at, now)} ${clock.format(at)}`.trim();

/** Return a time in few characters, for the list of rooms. */
export const short = (at, now = Date.now()) => day(at, now) || clock.format(at);
