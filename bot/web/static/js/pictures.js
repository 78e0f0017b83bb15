// Pictures: made smaller, sent, shown, enlarged.

import { byId, h, icon, toast } from "./dom.js";
import { say, setup } from "./words.js";

const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const SIDE = 2048; // pixels; photographs of phones are several times that
const LIGHT = 1_500_000; // bytes that are sent as they are
let speaker = "";

/** In the demo every request says as whom it comes. */
export function speakAs(account) {
  speaker = account;
}

/** Return an address of the server's, as the one who speaks in this tab. */
export function addressOf(path, query = {}) {
  const all = new URLSearchParams(query);
  if (setup.demo) all.set("as", speaker);
  return `${path}${[...all].length ? `?${all}` : ""}`;
}

/** Return the pictures among files, and tell of those that are none. */
export function picturesAmong(files) {
  const found = [...files].filter((file) => KINDS.includes(file.type));
  if (found.length < files.length) toast(say("not_a_picture"));
  return found;
}

async function smaller(file) {
  if (file.size <= LIGHT || file.type === "image/gif") return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? blob : file;
}

/** Send a picture to a room and return its path; raise an Error with words for people if it is refused. */
export async function upload(file, room) {
  let body = file;
  try {
    body = await smaller(file);
  } catch {
    // the server says what is wrong with it
  }
  if (body.size > setup.mostPictureBytes) throw new Error(say("picture_size", { most: setup.mostPictureBytes >> 20 }));
  let answer;
  try {
    answer = await fetch(addressOf("/media", room === null ? {} : { room }), { method: "POST", body });
  } catch {
    throw new Error(say("offline"));
  }
  if (!answer.ok) throw new Error((await answer.text()) || say("offline"));
  return (await answer.json()).media;
}

function missing(words) {
  return h("span", { class: "no-picture" }, icon("picture"), words);
}

/** Return a picture in a message: a thumbnail that is enlarged when it is pressed. */
export function picture(message) {
  if (!message.media?.startsWith("media/")) return missing(say("picture_elsewhere"));
  const source = addressOf(`/${message.media}`);
  const words = say("picture_by", { name: message.name });
  const small = addressOf(`/${message.media}`, { small: 1 });
  const image = h("img", { src: small, alt: words, loading: "lazy", class: "thumbnail" });
  const button = h("button", { type: "button", class: "thumb", "aria-label": `${words},${say("enlarge")}`, onclick: () => enlarge(source, words) }, image);
  image.addEventListener("error", () => button.replaceWith(missing(say("picture_gone"))));
  return button;
}

function enlarge(source, words) {
  const close = () => dialog.close();
  const dialog = h(
    "dialog",
    { class: "lightbox", "aria-label": words, onclick: close },
    h("img", { src: source, alt: words }),
    h("button", { type: "button", class: "icon-button", "aria-label": say("close") }, icon("close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Let pictures be dropped on the chat. */
export function acceptDrops(take) {
  const chat = byId("chat");
  let depth = 0;
  const shown = (change) => {
    depth = Math.max(0, depth + change);
    byId("drop").classList.toggle("shown", depth > 0);
  };
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  chat.addEventListener("dragenter", (event) => carries(event) && shown(1));
  chat.addEventListener("dragleave", (event) => carries(event) && shown(-1));
  chat.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  chat.addEventListener("drop", (event) => {
    event.preventDefault();
    shown(-depth);
    take(picturesAmong(event.dataTransfer.files));
  });
}
