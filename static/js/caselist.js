// The case list by keyboard: arrow up and down go from row to row, Enter opens (the number is a link), and who comes
// back from a case comes to its row, on the page of the list that was left. Everything stays in the tab order.
"use strict";

(() => {
  const KEPT = "gensvar-list"; // of this tab: the address of the list and the row that was opened
  const RETURNING = "gensvar-list-returning";
  const MOVES = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  }

  function rows() {
    return Gensvar.all("tr[data-row]");
  }

  // The same control in the other row: from tick box to tick box, from number to number.
  function focusIn(row, like) {
    const isTick = like?.matches("[data-check-row]");
    const target = (isTick && row.querySelector("[data-check-row]")) || row.querySelector("a.case-link");
    target?.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function onKey(event) {
    const step = MOVES[event.key];
    const row = event.target.closest("tr[data-row]");
    if (!step || !row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const all = rows();
    const to = Math.min(Math.max(all.indexOf(row) + step, 0), all.length - 1);
    event.preventDefault();
    focusIn(all[to], event.target);
  }

  function here() {
    return location.pathname + location.search;
  }

  function showList(list) {
    list.addEventListener("keydown", onKey);
    list.addEventListener("click", (event) => {
      const row = event.target.closest("a.case-link") && event.target.closest("tr[data-row]");
      if (row) {
        sessionStorage.setItem(KEPT, JSON.stringify({ list: here(), row: row.id }));
      }
    });
  }

  // To the list that was left, and to its row. A list without any case has no rows to show, but is come back to as well.
  function comeBack() {
    const { list: address, row } = kept();
    const isReturning = sessionStorage.getItem(RETURNING);
    sessionStorage.removeItem(RETURNING);
    if (isReturning && address && address !== here()) {
      location.replace(`${address}#${row}`);
      return;
    }
    const [navigation] = performance.getEntriesByType("navigation");
    const isBack = navigation?.type === "back_forward" && address === here();
    const wanted = isReturning || isBack ? row : location.hash.slice(1);
    const found = wanted ? document.getElementById(wanted) : null;
    if (found?.matches("tr[data-row]")) {
      // After the browser has gone to the address's row, which takes the focus away.
      window.addEventListener("load", () => setTimeout(() => focusIn(found), 0));
    }
  }

  // On a case: its ways back to the list lead to the list as it was left.
  function showCase(form) {
    const { list: address, row } = kept();
    sessionStorage.removeItem(RETURNING); // it was not saved, and the case is still here
    if (row !== `arende-${form.dataset.caseId}`) {
      return;
    }
    Gensvar.all("a[data-to-list]").forEach((link) => {
      if (new URL(address, location).searchParams.get("type") === new URL(link.href).searchParams.get("type")) {
        link.href = `${address}#${row}`;
      }
    });
    document.addEventListener("submit", (event) => {
      if (event.target.id === "close-form" || event.submitter?.value === "leave") {
        sessionStorage.setItem(RETURNING, "yes");
      }
    });
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all(".case-table", root).forEach(showList);
    Gensvar.all(".list-filter", root).forEach(comeBack);
    Gensvar.all("form[data-case-id]", root).forEach(showCase);
  });
})();
