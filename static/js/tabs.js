// Turns the links of macros/tabs.html into tabs: arrow keys, #hash, the first faulty tab first.
"use strict";

(() => {
  function select(box, id, { focus = false, remember = true } = {}) {
    box.tabs.forEach((tab) => {
      const chosen = tab.dataset.tab === id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.dataset.tab).classList.toggle("is-shown", chosen);
      if (chosen && focus) {
        tab.focus();
      }
    });
    Gensvar.all("input[data-tab-memory]").forEach((input) => {
      input.value = id;
    });
    if (remember) {
      history.replaceState(history.state, "", `#${id}`);
    }
  }

  function onKey(event, box) {
    const at = box.tabs.indexOf(event.currentTarget);
    const last = box.tabs.length - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    const tab = box.tabs[(to + box.tabs.length) % box.tabs.length];
    select(box, tab.dataset.tab, { focus: true });
  }

  function dress(box) {
    const list = box.element.querySelector(".tab-list");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", list.parentElement.getAttribute("aria-label"));
    // The list is what has a name now: a landmark around it would say it twice.
    list.parentElement.setAttribute("role", "presentation");
    list.parentElement.removeAttribute("aria-label");
    Gensvar.all("li", list).forEach((item) => item.setAttribute("role", "presentation"));
    box.tabs.forEach((tab) => {
      const pane = document.getElementById(tab.dataset.tab);
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", pane.id);
      pane.setAttribute("role", "tabpanel");
      pane.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("keydown", (event) => onKey(event, box));
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        select(box, tab.dataset.tab);
      });
    });
  }

  // The pane that holds the element with this id, or is it.
  function paneOf(id) {
    const element = id && document.getElementById(id);
    return element ? element.closest("[data-tab-pane]") : null;
  }

  // Shows the tab that holds the element. Other scripts use it before they move focus.
  Gensvar.reveal = (id) => {
    const pane = paneOf(id);
    const element = pane?.closest("[data-tabs]");
    if (element?.gensvarTabs) {
      select(element.gensvarTabs, pane.id);
    }
  };

  function start(element) {
    const box = { element, tabs: Gensvar.all("[data-tab]", element) };
    element.gensvarTabs = box;
    dress(box);
    Gensvar.all("[data-tab-go]", element).forEach((link) => {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        select(box, link.dataset.tabGo, { focus: true });
        element.scrollIntoView({ block: "start" });
      });
    });
    const faulty = box.tabs.find((tab) => tab.dataset.tabErrors);
    const asked = paneOf(decodeURIComponent(location.hash.slice(1)));
    const first = faulty ? faulty.dataset.tab : asked ? asked.id : box.tabs[0].dataset.tab;
    select(box, first, { remember: false });
    if (asked && !faulty) {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      (target === asked ? element : target).scrollIntoView({ block: "start" });
    }
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("[data-tabs]", root).forEach(start);
  });

  window.addEventListener("hashchange", () => Gensvar.reveal(decodeURIComponent(location.hash.slice(1))));
})();
