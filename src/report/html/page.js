"use strict";
// Hovering or focusing one place of a finding lights up all its places and its note.
const parts = (id) => document.querySelectorAll(`[data-f~="${id}"]`);
const light = (event) => {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const over = event.type.endsWith("out") ? document.activeElement : event.target;
  const at = over instanceof Element ? over.closest("[data-f]") : null;
  if (at) for (const id of at.dataset.f.split(" ")) for (const part of parts(id)) part.classList.add("lit");
};
for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) document.addEventListener(type, light);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement) document.activeElement.blur();
});

// Each note stands beside its first place, or under the note before it. Without this script notes are a list in their order.
const place = () => {
  const wide = matchMedia("screen and (min-width: 62rem)").matches;
  for (const draft of document.querySelectorAll(".draft")) {
    const notes = draft.querySelector(".notes");
    if (!notes) continue;
    draft.classList.toggle("placed", wide);
    notes.style.height = "";
    let free = 0;
    for (const note of notes.children) {
      note.style.top = "";
      if (!wide) continue;
      const mark = parts(note.id)[0];
      const top = mark ? mark.getBoundingClientRect().top - notes.getBoundingClientRect().top : 0;
      free = Math.max(free, top - 8);
      note.style.top = `${free}px`;
      free += note.offsetHeight + 14;
    }
    if (wide) notes.style.height = `${free}px`;
  }
};
place();
addEventListener("resize", place);
addEventListener("load", place);
