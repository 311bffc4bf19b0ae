// Lists that open (<details data-menu> and .menu), and the menu button of small screens.
"use strict";

(() => {
  const OPEN = "details.topmenu[open], details.menu[open]";

  function close(menu, returnFocus) {
    menu.open = false;
    if (returnFocus) {
      menu.querySelector("summary").focus();
    }
  }

  function items(menu) {
    return Gensvar.all("a[href], button:not(:disabled)", menu.querySelector(".menu-panel"));
  }

  function move(menu, step) {
    const targets = items(menu);
    const at = targets.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : targets.length - 1) : at + step;
    targets[(next + targets.length) % targets.length]?.focus();
  }

  document.addEventListener("click", (event) => {
    Gensvar.all(OPEN).forEach((menu) => {
      if (!menu.contains(event.target)) {
        close(menu, false);
      }
    });
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(OPEN);
    if (!menu) {
      return;
    }
    if (event.key === "Escape") {
      close(menu, true);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(menu, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  // Leaving a list with Tab closes it. On small screens the lists of the bar stay open.
  document.addEventListener("focusin", (event) => {
    Gensvar.all("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) {
        close(menu, false);
      }
    });
  });

  Gensvar.onEnhance((root) => {
    Gensvar.all("[data-nav-toggle]", root).forEach((button) => {
      const nav = document.getElementById(button.getAttribute("aria-controls"));
      button.addEventListener("click", () => {
        const open = nav.classList.toggle("is-open");
        button.setAttribute("aria-expanded", String(open));
      });
    });
  });
})();
