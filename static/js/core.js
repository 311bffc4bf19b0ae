// What all scripts share. A script calls Gensvar.onEnhance(fn); fn(root) improves what lies under root.
// Everything works without these scripts: they only make it quicker.
"use strict";

window.Gensvar = (() => {
  const source = document.getElementById("script-texts");
  const texts = source ? JSON.parse(source.textContent) : {};
  const steps = [];

  // A translated sentence with {name} filled in.
  function text(key, values = {}) {
    return (texts[key] || key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  // 1536 → "1,5 kB". The limits are powers of 1024 and called MB, so the sizes are too.
  function fileSize(bytes) {
    const units = ["byte", "kB", "MB", "GB"];
    let size = bytes;
    let unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit += 1;
    }
    const digits = unit > 0 && size < 10 ? 1 : 0;
    return `${size.toFixed(digits).replace(".", ",")} ${units[unit]}`;
  }

  function all(selector, root = document) {
    return [...root.querySelectorAll(selector)];
  }

  function enhance(root) {
    steps.forEach((step) => step(root));
  }

  document.addEventListener("DOMContentLoaded", () => enhance(document));
  return { text, fileSize, all, enhance, onEnhance: (step) => steps.push(step) };
})();
