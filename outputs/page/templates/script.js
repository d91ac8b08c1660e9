"use strict";
// Search and sorting. Without this script the page shows everything, in the order of the plan.
(function () {
  const plain = (text) => text.toLocaleLowerCase("sv").replace(/\s+/g, " ").trim();

  function search(field) {
    const status = document.getElementById("sok-svar");
    const sought = Array.from(document.querySelectorAll("[data-search]"));
    field.addEventListener("input", function () {
      const wanted = plain(field.value);
      let found = 0;
      for (const one of sought) {
        one.hidden = wanted !== "" && !plain(one.textContent).includes(wanted);
        if (!one.hidden) { found += 1; }
      }
      for (const group of document.querySelectorAll("[data-group]")) {
        group.hidden = group.querySelector("[data-search]:not([hidden])") === null;
      }
      status.textContent = wanted === "" ? "" : found + (found === 1 ? " träff" : " träffar");
    });
    field.closest("[role=search]").hidden = false;
  }

  function value(row, column) {
    const cell = row.cells[column];
    return cell.dataset.sort ?? plain(cell.textContent);
  }

  function order(table, heading, button) {
    const rising = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) { other.removeAttribute("aria-sort"); }
    heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const compare = new Intl.Collator("sv", { numeric: true }).compare;
    for (const body of table.tBodies) {
      const rows = Array.from(body.rows).filter((row) => !row.classList.contains("group"));
      rows.sort((a, b) => (rising ? 1 : -1) * compare(value(a, heading.cellIndex), value(b, heading.cellIndex)));
      body.append(...rows);
    }
    button.focus();
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => order(table, heading, button));
    }
  }
  search(document.getElementById("sok"));
  window.addEventListener("beforeprint", function () {
    for (const closed of document.querySelectorAll("details")) { closed.open = true; }
  });
}());
