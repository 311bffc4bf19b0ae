// Puts the Trix editor in the place of every <textarea data-rich>. What is not touched is sent back unchanged.
"use strict";

(() => {
  const WORDS = [
    "bold", "italic", "strike", "link", "unlink", "heading1", "quote", "code", "bullets", "numbers",
    "indent", "outdent", "undo", "redo", "url", "urlPlaceholder", "attachFiles", "remove",
  ];

  if (window.Trix) {
    WORDS.forEach((word) => {
      Trix.config.lang[word] = Gensvar.text(word);
    });
  }

  function hiddenInput(area) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.id = `${area.id}-html`;
    input.name = area.name;
    input.value = area.dataset.html || "";
    return input;
  }

  function editorFor(area, input) {
    const editor = document.createElement("trix-editor");
    editor.id = area.id;
    editor.className = area.className;
    editor.setAttribute("input", input.id);
    editor.setAttribute("aria-labelledby", `${area.id}-label`);
    ["aria-describedby", "aria-invalid"].forEach((name) => {
      if (area.hasAttribute(name)) {
        editor.setAttribute(name, area.getAttribute(name));
      }
    });
    if (area.required) {
      editor.setAttribute("aria-required", "true");
    }
    return editor;
  }

  // The editor writes HTML its own way as soon as it starts. Only what a person changed may count as changed.
  function keepUntouched(editor, input, stored) {
    let started = "";
    editor.addEventListener("trix-initialize", () => {
      started = input.value;
      const label = document.getElementById(`${editor.id}-label`);
      const name = label ? label.firstElementChild.textContent.trim() : "";
      editor.toolbarElement?.setAttribute("role", "group");
      editor.toolbarElement?.setAttribute("aria-label", Gensvar.text("toolbar", { label: name }));
      label?.addEventListener("click", () => editor.focus());
    });
    input.form?.addEventListener("formdata", (event) => {
      if (input.value === started) {
        event.formData.set(input.name, stored);
      }
    });
  }

  function replace(area) {
    const input = hiddenInput(area);
    const editor = editorFor(area, input);
    const format = area.form?.elements[`${area.name}__format`];
    area.before(input);
    keepUntouched(editor, input, input.value);
    area.replaceWith(editor);
    if (format) {
      format.value = "html";
    }
  }

  document.addEventListener("trix-file-accept", (event) => event.preventDefault());
  document.addEventListener("trix-attachment-add", (event) => event.attachment.remove());

  Gensvar.onEnhance((root) => {
    if (window.Trix) {
      Gensvar.all("textarea[data-rich]", root).forEach(replace);
    }
  });
})();
