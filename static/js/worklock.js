// The work lock of a case page: taken when the page is opened for editing, kept while the person works, and what is
// typed is kept as a draft. Everything here also works without scripts: then saving takes the lock.
"use strict";

(() => {
  const BEAT = 60000; // ms between two signs of life, while there is activity
  const DRAFT = 4000; // ms after the last key before a draft is kept

  // A token that only this tab knows; it survives a reload of the tab.
  function tabToken(caseId, sent) {
    const key = `gensvar-tab-${caseId}`;
    const address = new URL(location.href);
    const given = sent || address.searchParams.get("flik") || "";
    const kept = given.length >= 16 ? given : sessionStorage.getItem(key) || crypto.randomUUID();
    if (address.searchParams.has("flik")) {
      address.searchParams.delete("flik");
      history.replaceState(history.state, "", address);
    }
    sessionStorage.setItem(key, kept);
    return kept;
  }

  function watch(form) {
    const { lockUrl, caseId, lockHold } = form.dataset;
    const bar = document.getElementById("lock-bar");
    // A page that answers a form belongs to the tab that sent it, whatever token it sent.
    const isAnswer = form.dataset.lockSent !== undefined;
    const token = tabToken(caseId, isAnswer ? form.elements._tab_token.value : "");
    let active = false;
    let timer = 0;
    let mine = true;

    function stamp() {
      Gensvar.all("input[name=_tab_token]").forEach((input) => { input.value = token; });
    }

    function send(deed, extra = {}, options = {}) {
      const body = options.whole ? new FormData(form) : new FormData();
      body.set("csrf_token", form.elements.csrf_token.value);
      body.set("_tab_token", token);
      body.delete("files");
      Object.entries(extra).forEach(([name, value]) => body.set(name, value));
      const list = new URL(form.action).searchParams.get("lista"); // the bar that is drawn anew leads back there
      if (list) body.set("lista", list);
      return fetch(`${lockUrl}/${deed}`, { method: "POST", body, keepalive: Boolean(options.last),
        headers: { "X-Requested-With": "fetch" } });
    }

    // The lock is not ours any more: the text stays on the screen and is kept, and cannot be saved.
    function lost(answer) {
      mine = false;
      bar.innerHTML = answer.bar;
      stamp();
      Gensvar.all("[form=case-form][name=_do]").forEach((button) => { button.disabled = true; });
      send("draft", { _cause: "lock" }, { whole: true });
    }

    async function take() {
      const response = await send("take");
      if (!response.ok) {
        return; // signed out meanwhile: saving says so, and loses nothing
      }
      const answer = await response.json();
      if (answer.hold === "here") {
        bar.innerHTML = answer.bar;
        // So that this tab's next page of the case is drawn as the one that holds the lock.
        document.cookie = `gensvar_tab=${caseId}.${token}; path=/admin/case; SameSite=Lax`;
      } else if (isAnswer || form.dataset.guard === "dirty") {
        lost(answer);
      } else if (lockHold === "free" || lockHold === "here") {
        const address = new URL(location.href);
        address.searchParams.set("flik", "ny");
        location.replace(address);
      }
    }

    async function beat() {
      if (!active || !mine) {
        return;
      }
      active = false;
      const response = await send("keep");
      if (response.status === 409) {
        lost(await response.json());
      }
    }

    function typed() {
      active = true;
      clearTimeout(timer);
      timer = setTimeout(() => { if (mine) { send("draft", {}, { whole: true }); } }, DRAFT);
    }

    stamp();
    if (form.dataset.lockTake !== undefined) {
      take();
      setInterval(beat, BEAT);
      ["input", "change", "trix-change"].forEach((name) => form.addEventListener(name, (event) => {
        if (event.target.contains(document.activeElement)) { typed(); }
      }));
      ["click", "keydown"].forEach((name) => document.addEventListener(name, () => { active = true; }));
      document.addEventListener("visibilitychange", () => { if (!document.hidden) { active = true; beat(); } });
      form.addEventListener("submit", () => clearTimeout(timer));
    }
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("form[data-lock-url]", root).forEach(watch);
  });
})();
