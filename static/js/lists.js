// Tick all rows of a list, and rows inside a form that can be added and taken away.
"use strict";

(() => {
  function tickAll(head) {
    const rows = Gensvar.all("[data-check-row]");
    const update = () => {
      const ticked = rows.filter((row) => row.checked).length;
      head.checked = rows.length > 0 && ticked === rows.length;
      head.indeterminate = ticked > 0 && ticked < rows.length;
    };
    head.addEventListener("change", () => rows.forEach((row) => { row.checked = head.checked; }));
    rows.forEach((row) => row.addEventListener("change", update));
    update();
  }

  // Flask-Admin names the fields of row n of list "x" x-n-field.
  function addRow(list) {
    const numbers = Gensvar.all(":scope > .inline-item[id]", list).map((item) => Number(item.id.split("-").pop()));
    const prefix = `${list.dataset.inlineList}-${Math.max(-1, ...numbers) + 1}-`;
    const item = list.querySelector(":scope > template").content.cloneNode(true).firstElementChild;
    item.id = prefix.slice(0, -1);
    Gensvar.all("[for], [aria-describedby], [id]", item).forEach((element) => {
      ["for", "id", "aria-describedby"].filter((name) => element.hasAttribute(name)).forEach((name) => {
        element.setAttribute(name, prefix + element.getAttribute(name));
      });
    });
    Gensvar.all("[name]", item).forEach((field) => { field.name = prefix + field.name; });
    list.querySelector(":scope > [data-inline-add]").before(item);
    Gensvar.enhance(item);
    item.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-inline-add]");
    const remove = event.target.closest("[data-inline-remove]");
    if (add) {
      addRow(add.closest("[data-inline-list]"));
    } else if (remove) {
      const list = remove.closest("[data-inline-list]");
      remove.closest(".inline-item").remove();
      list.querySelector(":scope > [data-inline-add]").focus();
    }
  });

  Gensvar.onEnhance((root) => {
    Gensvar.all("[data-check-all]", root).forEach(tickAll);
  });
})();
