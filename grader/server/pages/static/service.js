// What pages do more where there is JavaScript. Everything works without it.
"use strict";

// ---------------------------------------------------------------- hand in by dropping a file anywhere

const drop = document.querySelector("[data-drop]");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  const mark = over => drop.classList.toggle("over", over);
  addEventListener("dragover", event => { event.preventDefault(); mark(true); });
  addEventListener("dragleave", event => { if (!event.relatedTarget) mark(false); });
  addEventListener("drop", event => {
    event.preventDefault();
    mark(false);
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    drop.requestSubmit();
  });
  drop.addEventListener("submit", () => {
    drop.querySelector("[data-said]").textContent = "It is being sent.";
    drop.querySelector("button").setAttribute("aria-disabled", "true");
  });
}

// ---------------------------------------------------------------- wait for feedback

const waits = document.querySelector("[data-wait]");
if (waits) {
  const news = new EventSource(waits.dataset.wait);
  const status = waits.querySelector("[role=status]");
  news.addEventListener("waiting", event => { status.textContent = event.data; });
  news.addEventListener("graded", () => { news.close(); location.reload(); });
}

const reloads = document.querySelector("[data-reload]");
if (reloads) {
  let first = true;
  const news = new EventSource(reloads.dataset.reload);
  news.addEventListener("changed", () => {
    if (!first) { news.close(); setTimeout(() => location.reload(), 500); }
    first = false;
  });
}

// ---------------------------------------------------------------- a class that fills up

const main = document.querySelector("[data-live]");
const PAUSE = 2000;

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function replace(page, ids) {
  const at = document.activeElement && document.activeElement.id;
  for (const id of ids) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh) continue;
    const scrolls = old.querySelector(".tall");
    const top = scrolls ? [scrolls.scrollTop, scrolls.scrollLeft] : [0, 0];
    old.replaceWith(fresh);
    const again = fresh.querySelector(".tall");
    if (again) [again.scrollTop, again.scrollLeft] = top;
  }
  if (at && document.activeElement.id !== at) document.getElementById(at)?.focus({ preventScroll: true });
}

if (main) {
  let due = 0;
  const renew = async () => {
    due = 0;
    try { replace(await fetched(location.href), ["standing", "attention", "students"]); } catch { /* the next change tries again */ }
  };
  new EventSource(main.dataset.live).addEventListener("changed", () => { due ||= setTimeout(renew, PAUSE); });
}

// ---------------------------------------------------------------- beside the table: one function at a time

async function beside(link) {
  const address = link.href;
  let page;
  try { page = await fetched(address); } catch { location.href = address; return; }
  replace(page, ["beside", "students"]);
  main.className = page.querySelector("main").className;
  history.replaceState(null, "", address);
  document.getElementById(link.id)?.focus({ preventScroll: true });
  document.getElementById(link.id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

if (main && matchMedia("(min-width: 64rem)").matches) {
  main.addEventListener("click", event => {
    const link = event.target.closest("td a[id]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    beside(link);
  });
  main.addEventListener("keydown", event => {
    const cell = event.target.closest("td, th[scope=row]");
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!cell || !cell.closest(".students") || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    let [row, column] = [cell.parentElement, cell.cellIndex];
    let link;
    do {
      row = step[0] < 0 ? row.previousElementSibling : step[0] > 0 ? row.nextElementSibling : row;
      column += step[1];
      if (!row || column < 0 || column >= row.parentElement.dataset.columns) return;
      link = row.cells[column]?.querySelector("a[id]");
    } while (!link);
    event.preventDefault();
    link.focus();
    if (link.closest("td")) beside(link);
  });
}
