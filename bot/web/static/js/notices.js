// Notifications of what comes while one looks elsewhere, where one has allowed them.

import { byId, toast } from "./dom.js";
import { isAlarm } from "./alarm.js";
import { say, setup } from "./words.js";

const KEPT = "notify";
const SHORT = 120; // characters of a message that are shown

const known = () => "Notification" in globalThis;
const wanted = () => known() && Notification.permission === "granted" && localStorage.getItem(KEPT) === "yes";

function draw() {
  const button = byId("notify");
  button.hidden = !known();
  button.setAttribute("aria-pressed", String(wanted()));
}

/** Let somebody switch notifications on and off. */
export function offer() {
  byId("notify").addEventListener("click", async () => {
    if (wanted()) localStorage.setItem(KEPT, "no");
    else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(KEPT, "yes");
    else toast(say("notify_refused"));
    draw();
  });
  draw();
}

/** Tell of a message that nobody looks at: of what is for oneself, and of alarms. */
export function tell(room, message, me, open) {
  const mine = room.id === null || message.mentions.includes(me.id) || isAlarm(message);
  if (!wanted() || !document.hidden || message.sender === me.id || !mine) return;
  const notice = new Notification(`${room.topic} · ${message.bot ? setup.bot : message.name}`, {
    body: message.text.slice(0, SHORT),
    tag: message.id,
    requireInteraction: isAlarm(message),
  });
  notice.onclick = () => {
    focus();
    open(room);
    notice.close();
  };
}
