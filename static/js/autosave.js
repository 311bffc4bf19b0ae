// Saves what is written in form[data-autosave] as a draft: after a pause, and when the page is left. Files are not
// saved so; data-autosave="dirty" on a form that came back unsent. Without scripts there is the button Spara utkast.
// data-pick-files="id" on a button opens the file field with that id.
"use strict";

(() => {
  const PAUSE = 3000; // ms

  function start(form) {
    const note = form.querySelector("[data-autosave-note]");
    const restart = form.querySelector("[data-autosave-restart]");
    let timer = 0;
    let isDirty = false;
    let hasFailed = false;
    let isSent = false;
    let running = null;

    function typed() {
      const data = new FormData(form);
      data.delete("files");
      data.set("_do", "autosave");
      return data;
    }

    function tell(sentence, failed) {
      hasFailed = failed;
      note.textContent = sentence;
      restart.hidden = restart.hidden && failed;
    }

    async function save(keepalive) {
      clearTimeout(timer);
      isDirty = false;
      running?.abort();
      running = new AbortController();
      try {
        const answer = await fetch(form.action, { method: "POST", body: typed(), keepalive, signal: running.signal });
        const { saved, error } = await answer.json();
        tell(saved || error || "", !answer.ok);
      } catch (problem) {
        if (problem.name !== "AbortError") { // a page instead of an answer: the session is over
          tell(form.dataset.autosaveFailed, true);
        }
      }
    }

    function changed() {
      isDirty = true;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE, false);
    }

    function saveLast() {
      if (isDirty && !isSent) {
        save(true);
      }
    }

    ["input", "change"].forEach((name) => form.addEventListener(name, (event) => {
      if (event.target.type !== "file") {
        changed();
      }
    }));
    form.addEventListener("trix-change", (event) => {
      if (event.target.contains(document.activeElement)) {
        changed();
      }
    });
    form.addEventListener("submit", (event) => {
      if (!event.submitter?.formTarget) { // an answer in another tab leaves this one as it is
        isSent = true;
        clearTimeout(timer);
        running?.abort();
      }
    });
    window.addEventListener("pageshow", () => { isSent = false; });
    // A link that is followed: saved first, the next page can say that there is a draft.
    document.addEventListener("click", (event) => event.target.closest("a[href]") && saveLast());
    window.addEventListener("pagehide", saveLast);
    document.addEventListener("visibilitychange", () => document.hidden && saveLast());
    window.addEventListener("beforeunload", (event) => {
      const hasFiles = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
      if (!isSent && (hasFailed || hasFiles)) {
        event.preventDefault();
      }
    });
    if (form.dataset.autosave === "dirty") {
      changed();
    }
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("form[data-autosave]", root).forEach(start);
    Gensvar.all("[data-pick-files]", root).forEach((button) => {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        document.getElementById(button.dataset.pickFiles).click();
      });
    });
  });
})();
