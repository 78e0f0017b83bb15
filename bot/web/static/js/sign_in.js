// The door: the code comes in the address's fragment, which no server sees, and is posted when one presses.

const form = document.getElementById("door");
const field = document.getElementById("code");
const wrong = document.getElementById("wrong");
const name = document.getElementById("name");

// where one was on the way to: a path of this site, never another's address
function next() {
  const wanted = new URLSearchParams(location.search).get("next") ?? "/";
  const there = new URL(wanted, location.origin);
  return there.origin === location.origin ? there.pathname + there.search : "/";
}

function takeCode() {
  const given = location.hash.slice(1);
  if (!given) return;
  field.value = given;
  history.replaceState(null, "", location.pathname + location.search); // the code stays in no history
  form.querySelector("button").focus();
}

field.focus();
takeCode();
addEventListener("hashchange", takeCode);

// a link into a room opens it for whoever says what to be called
function askName(room) {
  const where = document.getElementById("room");
  where.querySelector("strong").textContent = room;
  where.hidden = name.hidden = name.disabled = document.querySelector("label[for=name]").hidden = false;
  name.required = true;
  name.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  wrong.textContent = "";
  try {
    const body = JSON.stringify({ code: field.value, name: name.value });
    const answer = await fetch("/sign-in", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const result = answer.ok ? await answer.json() : null;
    if (result?.ok) location.replace(next());
    else if (result) askName(result.room);
    else wrong.textContent = await answer.text();
  } catch {
    wrong.textContent = form.dataset.offline;
  }
});
