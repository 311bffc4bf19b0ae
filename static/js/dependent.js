// The unit decides which handlers can be chosen (manual H26). <select data-depends-on="id of the unit's select">;
// the unit's options carry data-path="/1/4/9/", the handlers' data-paths="/1/4/ /1/7/": who has a unit has those below.
"use strict";

(() => {
  function reaches(option, path) {
    const paths = (option.dataset.paths || "").split(" ").filter(Boolean);
    return !paths.length || paths.some((own) => path.startsWith(own));
  }

  // Options are taken out and put back: some browsers show hidden options all the same.
  function follow(select, source) {
    const everything = [...select.options];
    const update = () => {
      const path = source.selectedOptions[0]?.dataset.path || "";
      const chosen = select.value;
      const left = everything.filter((option) => !path || reaches(option, path));
      select.replaceChildren(...left);
      select.value = left.some((option) => option.value === chosen) ? chosen : "";
      if (select.value !== chosen) {
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      select.tomselect?.clearOptions();
      select.tomselect?.sync();
    };
    source.addEventListener("change", update);
    keepChosen(select, source, everything);
    update();
  }

  // Who is responsible now stays in the list, also when the rights have changed since.
  function keepChosen(select, source, everything) {
    const chosen = everything.find((option) => option.defaultSelected && option.value);
    const path = source.selectedOptions[0]?.dataset.path;
    if (chosen && path && !reaches(chosen, path)) {
      chosen.dataset.paths += ` ${path}`;
    }
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("select[data-depends-on]", root).forEach((select) => {
      const source = document.getElementById(select.dataset.dependsOn);
      if (source) {
        follow(select, source);
      }
    });
  });
})();
