// What the server says once: the place's wordings and the page's settings.

export const setup = JSON.parse(document.getElementById("setup").textContent);

/** Return the wording under a key, with its {places} filled. */
export function say(key, values = {}) {
  return setup.words[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
