// The desk: quick buttons, ticks, suggestions and keys. Without scripts the same form works by itself.

const SUGGESTED_BY_NAME = "assignee";

function rows(within) {
  return [...within.querySelectorAll(".row")];
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("acts", () => ({
    init() {
      const form = this.$el;
      form.addEventListener("click", (event) => this.pressed(event));
      form.addEventListener("change", (event) => {
        if (event.target.name === "case") this.fit();
        this.show();
      });
      form.addEventListener("keydown", (event) => this.key(event));
      this.show();
    },
    pressed(event) {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.verb) this.quick(button);
      else if (button.classList.contains("chip")) this.suggested(button);
    },
    quick(button) {
      const form = this.$root;
      for (const box of form.querySelectorAll("[name=case]")) box.checked = box.id === button.dataset.case;
      form.elements.verb.value = button.dataset.verb;
      this.show();
      if (!button.dataset.asks) form.requestSubmit();
      else {
        form.elements.words.focus({ preventScroll: true });
        const row = button.closest(".row");
        const bar = form.querySelector("#actbar").getBoundingClientRect();
        if (row.getBoundingClientRect().bottom > bar.top) row.scrollIntoView({ block: "nearest" });
      }
    },
    // what is chosen to do is something that all the ticked cases offer
    fit() {
      const offered = [...this.$root.querySelectorAll(".row:has([name=case]:checked)")].map((row) =>
        [...row.querySelectorAll(".quick button")].map((button) => button.dataset.verb),
      );
      const verb = this.$root.elements.verb;
      const common = offered.reduce((some, more) => some.filter((one) => more.includes(one)), offered[0] ?? []);
      if (common.length > 0 && !common.includes(verb.value)) verb.value = common[0];
    },
    suggested(button) {
      const form = this.$root;
      form.elements.words.value = button.textContent;
      const asks = form.elements.verb.selectedOptions[0].dataset.asks;
      if (asks === SUGGESTED_BY_NAME && form.querySelector("[name=case]:checked")) form.requestSubmit();
      else form.elements.words.focus();
    },
    show() {
      const form = this.$root;
      const verb = form.elements.verb;
      if (!verb) return;
      const ticked = form.querySelectorAll("[name=case]:checked");
      const asks = verb.selectedOptions[0].dataset.asks;
      const bar = form.querySelector("#actbar");
      bar.hidden = ticked.length === 0;
      form.querySelector("#ticked").textContent = [...ticked].map((box) => box.getAttribute("aria-label")).join("、");
      form.querySelector(".words").hidden = !asks;
      form.elements.words.required = Boolean(asks);
      for (const one of form.querySelectorAll("#suggest li")) {
        one.hidden = one.dataset.for !== (asks === SUGGESTED_BY_NAME ? SUGGESTED_BY_NAME : verb.value);
      }
    },
    key(event) {
      const row = event.target.closest(".row");
      if (!row || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox])")) return;
      const all = rows(this.$root);
      const at = all.indexOf(row);
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (step) all[at + step]?.focus();
      else if (event.key === "x") row.querySelector("[name=case]").click();
      else if (/^[1-9]$/.test(event.key)) row.querySelectorAll(".quick button")[Number(event.key) - 1]?.click();
      else if (event.key === "Enter" && event.target === row) row.querySelector("a.what").click();
      else return;
      event.preventDefault();
    },
  }));
  window.Alpine.data("chooser", () => ({
    init() {
      this.$el.addEventListener("click", (event) => {
        const chip = event.target.closest("[data-say]");
        if (!chip) return;
        const field = chip.form.elements.words;
        const more = field.getAttribute("list") === "units" && field.value;
        field.value = more ? `${field.value} ${chip.dataset.say}` : chip.dataset.say;
        field.focus();
      });
    },
  }));
});

// A page that was renewed by an act goes on where one was: at the next row, at the next doubtful line.
let place = null;
document.addEventListener("htmx:beforeRequest", () => {
  const active = document.activeElement;
  const row = active.closest(".row") ?? document.querySelector(".row:has([name=case]:checked)");
  place = active.closest(".doubt") ? [".doubt", 0] : [".row", rows(document).indexOf(row)];
});
document.addEventListener("htmx:afterSettle", () => {
  if (!place || document.activeElement.closest("input, select, textarea, .row")) return;
  const [kind, at] = place;
  const all = document.querySelectorAll(kind);
  if (at >= 0) all[Math.min(at, all.length - 1)]?.focus({ preventScroll: true });
  place = null;
});

// What was not taken in is said above the form, which keeps what was typed; one signs in again beside it.
function tell(words, way) {
  const told = document.createElement("p");
  told.className = "answer wrong";
  told.textContent = words;
  if (way) {
    const link = document.createElement("a");
    link.className = "link";
    link.href = way.getAttribute("href");
    link.target = "_blank";
    link.textContent = way.textContent;
    told.append(" ", link);
  }
  document.querySelector("#answers").replaceChildren(told);
}
function away() {
  return document.querySelector("#answers").dataset.away;
}
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const words = [...page.querySelectorAll("h1, p:not(.ways)")].map((one) => one.textContent.trim());
  tell(words.join("\n") || away(), page.querySelector('a[href^="/sign-in"]'));
});
document.addEventListener("htmx:sendError", () => tell(away()));

// A doubtful line: y is yes, n is no.
document.addEventListener("keydown", (event) => {
  const doubt = event.target.closest(".doubt");
  const wanted = { y: "是", n: "不是" }[event.key];
  if (!doubt || !wanted || event.ctrlKey || event.metaKey || event.altKey) return;
  doubt.querySelector(`button[value="${wanted}"]`).click();
  event.preventDefault();
});

// From anywhere on the page: j goes into the list, d to the doubtful lines, / into the search.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea, .row") || event.ctrlKey || event.metaKey || event.altKey) return;
  const there = { j: ".row", d: ".doubt", "/": "#search" }[event.key];
  const found = there && document.querySelector(there);
  if (!found) return;
  found.focus();
  event.preventDefault();
});
