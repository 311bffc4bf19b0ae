// Help beside a text: puts a standard phrase where the cursor is (data-phrases-for), and says how hard the text is to
// read while it is written (data-readability-for). Without scripts the server does both when a button is pressed.
"use strict";

(() => {
  const PAUSE = 1500; // ms without typing
  const FEWEST_WORDS = 20; // as domain/readability.py
  const LONG_WORD = 6;
  const WORD = /[\p{L}\p{N}]+(?:[-'’.:@/][\p{L}\p{N}]+)*/gu;
  const SENTENCE_END = /(?<![.!?:])[.!?:]+(?=\s+[^\sa-zåäöé0-9]|\s*$)|\n+/;

  // The index of domain/readability.py, null for short texts.
  function lix(text) {
    const words = text.match(WORD) || [];
    if (words.length < FEWEST_WORDS) {
      return null;
    }
    const sentences = text.split(SENTENCE_END).filter((part) => part && part.search(WORD) >= 0).length;
    const long = words.filter((word) => (word.match(/\p{L}/gu) || []).length > LONG_WORD).length;
    return Math.floor(words.length / sentences + (100 * long) / words.length + 0.5);
  }

  function textOf(field) {
    return field.editor ? field.editor.getDocument().toString() : field.value || "";
  }

  // --- readability

  function watch(line) {
    const id = line.dataset.readabilityFor;
    const said = document.querySelector(`[data-readability-said="${id}"]`);
    const levels = JSON.parse(line.dataset.levels);
    let timer = 0;
    let level = -1;

    // The number follows the text; a screen reader hears only that the text has become another kind.
    function tell(aloud) {
      const found = lix(textOf(document.getElementById(id)));
      const now = found === null ? -1 : levels.findIndex(([below]) => found < below);
      line.textContent = now < 0 ? "" : levels[now][1].replace("{lix}", found);
      if (aloud && now !== level) {
        said.textContent = line.textContent;
      }
      level = now;
    }

    function changed(event) {
      if (event.target.id === id) {
        clearTimeout(timer);
        timer = setTimeout(tell, PAUSE, true);
      }
    }

    document.addEventListener("input", changed);
    document.addEventListener("trix-change", changed);
    const field = document.getElementById(id);
    if (field && !field.matches("trix-editor")) {
      tell(false);
    }
    document.addEventListener("trix-initialize", (event) => event.target.id === id && tell(false));
  }

  // --- standard phrases

  function insertInEditor(editor, body, wasUsed) {
    const end = editor.getDocument().toString().length - 1;
    if (!wasUsed) {
      editor.setSelectedRange(end);
    }
    editor.insertString(!wasUsed && end > 0 ? `\n\n${body}` : body);
  }

  function insertInArea(area, body) {
    area.setRangeText(body, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(box) {
    const id = box.dataset.phrasesFor;
    const select = box.querySelector("select");
    const status = box.querySelector("[data-phrase-status]");
    let wasUsed = false;
    document.addEventListener("focusin", (event) => {
      wasUsed = wasUsed || event.target.id === id;
    });
    box.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      const body = select.selectedOptions[0]?.dataset.body;
      const field = document.getElementById(id);
      if (!body || !field) {
        status.textContent = box.dataset.choose;
        select.focus();
        return;
      }
      const started = wasUsed;
      field.focus();
      if (field.editor) {
        insertInEditor(field.editor, body, started);
      } else {
        insertInArea(field, body);
      }
      status.textContent = box.dataset.inserted;
    });
  }

  Gensvar.lix = lix;
  Gensvar.onEnhance((root) => {
    Gensvar.all("[data-readability-for]", root).forEach(watch);
    Gensvar.all("[data-phrases-for]", root).forEach(offer);
  });
})();
