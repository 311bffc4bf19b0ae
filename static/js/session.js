// Tells in good time that the session ends, and renews it on a click. Nothing that was typed is lost either way:
// a form that is sent too late is carried through the login. Works by the server's clock, not by this machine's.
"use strict";

(() => {
  const WARN = 5 * 60; // s before the end
  const CHECK = 15000; // ms between two looks at the clock
  const box = document.getElementById("session-notice");
  let ends = 0;
  let shown = "";

  function take(state) {
    ends = Date.now() + state.left * 1000;
  }

  // The server's answer; null when the session is over, undefined when the server cannot be reached.
  async function ask(address, method) {
    const headers = { "X-Requested-With": "fetch", "X-CSRFToken": box.dataset.token };
    try {
      const answer = await fetch(address, { method, headers });
      if (answer.ok) {
        return await answer.json();
      }
      return answer.status === 401 ? null : undefined;
    } catch {
      return undefined;
    }
  }

  function show(kind) {
    if (kind === shown) {
      return; // what is said once is not read out again
    }
    shown = kind;
    box.replaceChildren();
    box.hidden = !kind;
    if (!kind) {
      return;
    }
    const time = new Date(ends).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
    const text = document.createElement("p");
    text.textContent = box.dataset[kind].replace("{time}", time);
    box.append(text);
    if (kind === "soon") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-primary";
      button.textContent = box.dataset.button;
      button.addEventListener("click", renew);
      box.append(button);
    }
  }

  async function renew() {
    const state = await ask(box.dataset.renew, "POST");
    if (state) {
      take(state);
    }
    show(state === null ? "over" : state ? "" : shown);
  }

  // Another tab may have kept the session alive: the server knows.
  async function look() {
    if (shown === "over" || Date.now() < ends - WARN * 1000) {
      return;
    }
    const state = await ask(box.dataset.ask, "GET");
    if (state) {
      take(state);
      show(state.left > WARN ? "" : state.renewable ? "soon" : "last");
    } else if (state === null) {
      show("over");
    }
  }

  if (box) {
    take({ left: Number(box.dataset.left) });
    setInterval(look, CHECK);
    document.addEventListener("visibilitychange", () => document.hidden || look());
  }
})();
