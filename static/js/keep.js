// Keeps what a citizen has typed: without network until it is back and it can be sent, and while the language is
// changed. In this browser only, and never files, which a page cannot put back into a form.
"use strict";

(() => {
  const LASTS = 24 * 60 * 60 * 1000; // ms; the computer may be shared
  const NEVER = ["csrf_token", "shown_at", "website", "word", "word_answer"];
  const form = document.querySelector("form[data-keep]");
  const place = document.querySelector("[data-keep-notice]");
  let isWaiting = false;

  // A browser may refuse its storage altogether: then nothing is kept, and everything else works.
  function inStorage(work) {
    try {
      return work();
    } catch {
      return null;
    }
  }

  function name(slug, why) {
    return `gensvar-${why}-${slug}`;
  }

  function forget(slug) {
    inStorage(() => {
      [localStorage, sessionStorage].forEach((store) => store.removeItem(name(slug, "sent")));
      sessionStorage.removeItem(name(slug, "moved"));
    });
  }

  function typed() {
    return [...new FormData(form)].filter(([key, value]) => !NEVER.includes(key) && typeof value === "string");
  }

  function hasFiles() {
    return Gensvar.all("input[type=file]", form).some((input) => input.files.length);
  }

  function keep(store, why) {
    const what = { at: Date.now(), fields: typed(), files: hasFiles() };
    return inStorage(() => store.setItem(name(form.dataset.keep, why), JSON.stringify(what)) ?? true);
  }

  function find(store, why) {
    const what = inStorage(() => JSON.parse(store.getItem(name(form.dataset.keep, why))));
    return what && Date.now() - what.at < LASTS ? what : null;
  }

  function fill(fields) {
    const values = new Map();
    fields.forEach(([key, value]) => values.set(key, [...(values.get(key) || []), value]));
    [...form.elements].forEach((element) => {
      if (!element.name || NEVER.includes(element.name) || ["file", "submit"].includes(element.type)) {
        return;
      }
      const own = values.get(element.name) || [];
      if (["checkbox", "radio"].includes(element.type)) {
        element.checked = own.includes(element.value);
      } else if (element.type === "select-multiple") {
        [...element.options].forEach((option) => { option.selected = own.includes(option.value); });
      } else if (own.length) {
        element.value = own[0];
      }
    });
  }

  function removeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = place.dataset.remove;
    button.addEventListener("click", () => {
      isWaiting = false;
      forget(form.dataset.keep);
      form.reset();
      location.replace(location.href); // a form of its own again, with a key of its own
    });
    return button;
  }

  function say(kind, { files = false, removable = true } = {}) {
    place.replaceChildren();
    if (!kind) {
      return;
    }
    const box = document.createElement("div");
    box.className = "message message-warning";
    box.append(document.createElement("div"));
    const parts = [[place.dataset[kind], files && place.dataset.files].filter(Boolean).join(" ")];
    [...parts, ...(removable ? [removeButton()] : [])].forEach((part) => {
      const line = document.createElement("p");
      line.append(part);
      box.firstChild.append(line);
    });
    place.append(box);
  }

  function onSubmit(event) {
    if (navigator.onLine) {
      keep(sessionStorage, "sent"); // the network may break on the way
      return;
    }
    event.preventDefault();
    isWaiting = true;
    say(keep(localStorage, "sent") ? "waiting" : "open", { removable: false });
  }

  function onOnline() {
    if (isWaiting) {
      isWaiting = false;
      form.requestSubmit();
    } else {
      say("");
    }
  }

  function restore() {
    const moved = find(sessionStorage, "moved");
    const broken = find(sessionStorage, "sent");
    const waiting = find(localStorage, "sent");
    const what = moved || broken || waiting;
    inStorage(() => sessionStorage.removeItem(name(form.dataset.keep, "moved")));
    if (what) {
      fill(what.fields);
    }
    if (what && what !== moved) {
      form.before(place); // where somebody who opens the page looks first
      say(what === broken ? "unsure" : "restored", { files: what.files });
    }
  }

  function start() {
    if (form.dataset.keepBack) {
      forget(form.dataset.keep); // the server has read it and given it back
    } else {
      restore();
    }
    form.addEventListener("submit", onSubmit);
    window.addEventListener("online", onOnline);
    window.addEventListener("offline", () => isWaiting || say("offline", { removable: false }));
    Gensvar.all(".languages a").forEach((link) => {
      link.addEventListener("click", () => keep(sessionStorage, "moved"));
    });
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("[data-kept-sent]", root).forEach((receipt) => forget(receipt.dataset.keptSent));
    if (form && place) {
      start();
    }
  });
})();
