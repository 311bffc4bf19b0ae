// A form is sent once, however often its button is pressed. The server holds the same line (submission keys).
"use strict";

(() => {
  const AGAIN = 15000; // ms; an answer that is a file leaves the page where it is

  function buttons(form) {
    return [...form.elements].filter((element) => element.type === "submit");
  }

  function release(form) {
    delete form.dataset.sent;
    buttons(form).forEach((button) => {
      button.disabled = false;
      button.classList.remove("is-busy");
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target || event.submitter?.formTarget) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.classList.add("is-busy");
    // After the browser has read the form: a button that is off does not send its name.
    setTimeout(() => buttons(form).forEach((button) => { button.disabled = true; }), 0);
    setTimeout(() => release(form), AGAIN);
  });

  // Coming back with the browser's back button.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      Gensvar.all("form[data-sent]").forEach(release);
    }
  });
})();
