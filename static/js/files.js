// Lists the files chosen in <input type="file" data-files>, with their sizes, and says at once what is too large.
// data-max-file and data-max-total are bytes, data-max-count a number. The server decides all the same.
"use strict";

(() => {
  function row(file, max) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("span");
    name.textContent = file.name;
    size.textContent = Gensvar.fileSize(file.size);
    if (max && file.size > max) {
      item.className = "is-too-large";
      size.textContent += ` – ${Gensvar.text("file_too_large", { size: Gensvar.fileSize(max) })}`;
    }
    item.append(name, size);
    return item;
  }

  function verdict(input, files) {
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const { maxTotal, maxCount } = input.dataset;
    if (maxCount && files.length > Number(maxCount)) {
      return [true, Gensvar.text("files_too_many", { n: maxCount })];
    }
    if (maxTotal && total > Number(maxTotal)) {
      return [true, Gensvar.text("files_too_large", { size: Gensvar.fileSize(Number(maxTotal)) })];
    }
    return [false, files.length > 1 ? Gensvar.text("files_total", { n: files.length, size: Gensvar.fileSize(total) }) : ""];
  }

  function start(input) {
    const list = document.createElement("ul");
    const line = document.createElement("p");
    list.className = "chosen-files";
    list.hidden = true;
    line.className = "chosen-total";
    line.setAttribute("role", "status");
    input.after(list, line);
    input.addEventListener("change", () => {
      const files = [...input.files];
      const [isTooMuch, sentence] = verdict(input, files);
      list.hidden = !files.length;
      list.replaceChildren(...files.map((file) => row(file, Number(input.dataset.maxFile))));
      line.classList.toggle("is-too-large", isTooMuch);
      line.textContent = sentence;
    });
  }

  Gensvar.onEnhance((root) => {
    Gensvar.all("input[type=file][data-files]", root).forEach(start);
  });
})();
