// Buttons that put a text on the clipboard: data-copy. The element with data-copied says that it happened.
"use strict";

(() => {
  // Without https there is no clipboard interface: the old command does it from a field nobody sees.
  function copyOldWay(text, button) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    button.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyOldWay(text, button);
    }
    Gensvar.all(".is-copied").forEach((other) => other.classList.remove("is-copied"));
    button.classList.add("is-copied");
    Gensvar.all("[data-copied]").forEach((place) => {
      place.textContent = place.dataset.copied.replace("{text}", text);
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button) {
      copy(button);
    }
  });
})();
