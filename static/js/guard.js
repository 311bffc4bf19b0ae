// Asks before typed text is left behind: forms with data-guard. data-guard="dirty" on a form that came back with
// errors: what it holds is not saved, so it is guarded from the start.
"use strict";

(() => {
  const dirty = new Set();

  function watch(form) {
    const mark = () => dirty.add(form);
    form.addEventListener("input", mark);
    form.addEventListener("change", mark);
    // An answer that opens in another tab leaves this one as it is.
    form.addEventListener("submit", (event) => event.submitter?.formTarget || dirty.delete(form));
    // Fields outside the form that belong to it, and the editor that reports its own way.
    form.addEventListener("trix-change", (event) => {
      if (event.target.contains(document.activeElement)) {
        mark();
      }
    });
    if (form.dataset.guard === "dirty") {
      mark();
    }
  }

  window.addEventListener("beforeunload", (event) => {
    if (dirty.size) {
      event.preventDefault();
    }
  });

  Gensvar.onEnhance((root) => {
    Gensvar.all("form[data-guard]", root).forEach(watch);
  });
})();
