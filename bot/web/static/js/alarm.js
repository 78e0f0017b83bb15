// An alarm looks like one and sounds like one. Browsers let a page sound only once somebody has touched it.

import { say } from "./words.js";

const TONES = [880, 660, 880, 660, 880, 660];
const LONG = 0.22; // seconds of each
const FRESH = 60_000; // milliseconds after which it is no news any more
let context = null;

function wake() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
}

for (const type of ["pointerdown", "keydown"]) addEventListener(type, wake, { once: true, capture: true });

/** Whether a message of the bot's is about an emergency. */
export const isAlarm = (message) => message.bot && message.kind === "text" && message.text.includes(say("alarm_mark"));

/** Put the tones of an alarm into a context, from a moment on. */
export function ring(into, from) {
  TONES.forEach((tone, index) => {
    const at = from + index * LONG;
    const source = new OscillatorNode(into, { type: "square", frequency: tone });
    const loudness = new GainNode(into, { gain: 0 });
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(0.18, at + 0.02);
    loudness.gain.setValueAtTime(0.18, at + LONG - 0.04);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + LONG - 0.02);
    source.connect(loudness).connect(into.destination);
    source.start(at);
    source.stop(at + LONG);
  });
}

/** Sound an alarm that has just come. */
export function sound(message) {
  if (!isAlarm(message) || Date.now() - message.at > FRESH || context?.state !== "running") return;
  ring(context, context.currentTime);
  document.body.dataset.sounded = message.id;
}
