// Moves focus to the box that lists the errors, and from its links to the fields, also in other tabs.
"use strict";

(() => {
  function focusField(id) {
    const target = document.getElementById(id);
    if (!target) {
      return;
    }
    Gensvar.reveal?.(id);
    const field = target.matches("fieldset, dl, section") ? target.querySelector("input, select, textarea") : target;
    const control = field?.tomselect ? field.tomselect.control_input : field || target;
    (target.closest(".field") || target).scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (link) {
      event.preventDefault();
      focusField(decodeURIComponent(link.hash.slice(1)));
    }
  });

  Gensvar.onEnhance((root) => {
    const summary = root.querySelector(".error-summary");
    if (summary) {
      summary.focus();
    }
  });
})();
