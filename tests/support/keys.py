"""Walking by the keyboard alone: Tab to what is called so, then press."""

from __future__ import annotations

import re

from playwright.sync_api import Page

MOST_STEPS = 100
NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const by = (at.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
  const texts = by.map((id) => (document.getElementById(id) || {}).innerText || "");
  const labels = at.labels ? [...at.labels].map((label) => label.innerText) : [];
  const name = at.getAttribute("aria-label") || texts.join(" ") || labels.join(" ") ||
    at.innerText || "";
  return name.replace(/\\s+/g, " ").trim();
}"""
IS_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


class Keys:
    """One person's keyboard. No mouse, no address typed by the test."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str, *, back: bool = False) -> None:
        """Tab until the focus stands on what is called so from the beginning of its name."""
        self.page.wait_for_load_state("networkidle")
        wanted = re.compile(name)
        passed = []
        for _step in range(MOST_STEPS):
            here = self.name()
            if wanted.match(here):
                self.page.wait_for_function(IS_SEEN)  # the page may still be scrolling there
                return
            passed.append(here)
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no Tab leads to {name!r}: {passed}")

    def name(self) -> str:
        """What the focus stands on."""
        return str(self.page.evaluate(NAME_OF_FOCUS))

    def press(self, name: str, key: str = "Enter") -> None:
        self.to(name)
        self.page.keyboard.press(key)

    def write(self, name: str, text: str) -> None:
        self.to(name)
        self.page.keyboard.type(text)

    def pick(self, name: str, option: str) -> None:
        """The arrows in a select, until it says `option`."""
        self.to(name)
        for _step in range(MOST_STEPS):
            chosen = self.page.evaluate(
                "() => document.activeElement.selectedOptions[0].textContent.trim()"
            )
            if chosen == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{option!r} is not among the options of {name!r}")

    def arrow(self, key: str, name: str) -> None:
        """The arrows among tabs or rows, until the focus stands on what is called so."""
        for _step in range(20):
            if re.match(name, self.name()):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no {key} leads to {name!r}")
