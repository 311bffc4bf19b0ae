// Choose-or-type lists: <select data-combobox> becomes a list that one can filter by typing (Tom Select).
"use strict";

(() => {
  function start(select) {
    const placeholder = Gensvar.text("combobox_placeholder");
    const label = document.getElementById(`${select.id}-label`);
    select.removeAttribute("size");
    const box = new TomSelect(select, {
      plugins: select.multiple ? ["remove_button"] : [],
      placeholder,
      hidePlaceholder: false,
      maxOptions: 500,
      refreshThrottle: 0, // else a quick Enter takes what stood first before the typing
      closeAfterSelect: !select.multiple,
      render: {
        item: (data, escape) => `<div><span>${escape(data.text)}</span></div>`,
        no_results: () => `<div class="no-results">${Gensvar.text("combobox_none")}</div>`,
      },
      onItemAdd() {
        this.setTextboxValue("");
        this.refreshOptions(false);
      },
    });
    name(box, label, select);
    box.on("item_add", () => nameButtons(box));
    nameButtons(box);
  }

  function name(box, label, select) {
    if (label) {
      select.setAttribute("aria-labelledby", label.id); // Tom Select gave its label to the box
      box.control_input.setAttribute("aria-labelledby", label.id);
      box.dropdown_content.setAttribute("aria-labelledby", label.id);
    }
    ["aria-describedby", "aria-invalid"].forEach((attribute) => {
      if (select.hasAttribute(attribute)) {
        box.control_input.setAttribute(attribute, select.getAttribute(attribute));
      }
    });
  }

  // The crosses say what they remove.
  function nameButtons(box) {
    Gensvar.all(".item .remove", box.control).forEach((cross) => {
      const text = cross.closest(".item").querySelector("span").textContent;
      const sentence = Gensvar.text("combobox_remove", { label: text });
      cross.setAttribute("role", "button");
      cross.setAttribute("aria-label", sentence);
      cross.title = sentence;
    });
  }

  Gensvar.onEnhance((root) => {
    if (window.TomSelect) {
      Gensvar.all("select[data-combobox]", root).filter((s) => !s.tomselect).forEach(start);
    }
  });
})();
