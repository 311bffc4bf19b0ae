// Text areas that grow with their text (data-grow) and count what is left near their limit (data-limit).
"use strict";

(() => {
  const NEAR = 0.9; // the count appears when nine tenths are written

  function grow(area) {
    if (area.offsetParent === null) {
      return; // in a tab that is not shown
    }
    const borders = area.offsetHeight - area.clientHeight;
    if (area.scrollHeight + borders > area.offsetHeight) {
      area.style.height = `${Math.min(area.scrollHeight + borders, window.innerHeight * 0.7)}px`;
    }
  }

  function counter(area) {
    const line = document.createElement("p");
    line.className = "characters-left";
    line.setAttribute("role", "status");
    area.after(line);
    return line;
  }

  function count(area, line) {
    const limit = Number(area.dataset.limit);
    const left = limit - [...area.value].length;
    line.classList.toggle("is-over", left < 0);
    if (left < 0) {
      line.textContent = Gensvar.text("characters_over", { n: -left });
    } else if (left < limit * (1 - NEAR)) {
      line.textContent = Gensvar.text("characters_left", { n: left });
    } else {
      line.textContent = "";
    }
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("textarea[data-grow]", root).forEach((area) => {
      grow(area);
      area.addEventListener("input", () => grow(area));
      area.addEventListener("focus", () => grow(area));
    });
    Gensvar.all("textarea[data-limit]", root).forEach((area) => {
      const line = counter(area);
      count(area, line);
      area.addEventListener("input", () => count(area, line));
    });
  });
})();
