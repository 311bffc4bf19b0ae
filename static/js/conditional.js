// Shows what belongs to a choice only while it is chosen: fields (data-visible-field, data-visible-values) and
// instructions (data-instruction-for, data-instruction-field). Without scripts all is shown.
"use strict";

(() => {
  // The chosen values of a select, or of a group of tick boxes or radio buttons (a fieldset with that id).
  function chosen(id) {
    const element = document.getElementById(id);
    if (!element) {
      return null;
    }
    if (element.matches("select")) {
      return [...element.selectedOptions].map((option) => option.value);
    }
    if (element.matches("input")) {
      return element.checked ? [element.value] : [];
    }
    return Gensvar.all("input:checked", element).map((input) => input.value);
  }

  function show(element, field, values) {
    const now = chosen(field);
    element.hidden = now !== null && !values.some((value) => now.includes(value));
  }

  function update() {
    Gensvar.all("[data-visible-field]").forEach((element) => {
      show(element, element.dataset.visibleField, element.dataset.visibleValues.split(","));
    });
    Gensvar.all("[data-instruction-for]").forEach((element) => {
      show(element, element.dataset.instructionField, [element.dataset.instructionFor]);
    });
  }

  document.addEventListener("change", update);
  Gensvar.onEnhance(update);
})();
