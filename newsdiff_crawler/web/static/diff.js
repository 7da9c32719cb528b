// Keys on the page of a comparison: j and k go from edit to edit, [ and ] from change to change.
// The page works without them. Readers whom single keys disturb turn them off (WCAG 2.1.4).
"use strict";

(() => {
  const section = document.getElementById("diff");
  const edits = [...section.querySelectorAll(".row:not(.same):not(.heads), .row.cosmetic")];
  let current = -1;
  let on = localStorage.getItem("keys") !== "off";

  const go = (step) => {
    if (!edits.length) return;
    current = Math.min(Math.max(current + step, 0), edits.length - 1);
    const edit = edits[current];
    edit.tabIndex = -1;
    edit.focus({ preventScroll: true });
    edit.scrollIntoView({ block: "center" });
  };
  const follow = (relation) => document.querySelector(`a[rel="${relation}"]`)?.click();
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    "[": () => follow("prev"),
    "]": () => follow("next"),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (!on || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  const hint = document.createElement("p");
  hint.className = "keys";
  const text = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  const show = () => {
    text.textContent = on ? "Keys: j and k from edit to edit, [ and ] from change to change. " : "Keys are off. ";
    button.textContent = on ? "Turn them off" : "Turn them on";
  };
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem("keys", on ? "on" : "off");
    show();
  });
  show();
  hint.append(text, button);
  section.before(hint);
})();
