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

function called(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  return element.matches("a[href]") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
}

function replace(page, ids) {
  for (const id of ids) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh) continue;
    const focused = old.contains(document.activeElement) && called(document.activeElement);
    const [before, after] = [old, fresh].map(one => one.querySelector(".tall"));
    const [top, left] = before ? [before.scrollTop, before.scrollLeft] : [0, 0];
    old.replaceWith(fresh);
    if (after) after.scrollTo(left, top);
    if (focused) fresh.querySelector(focused)?.focus({ preventScroll: true });
  }
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

let wanted;

async function beside(link) {
  const address = wanted = link.href;
  let page;
  try { page = await fetched(address); } catch { location.href = address; return; }
  if (wanted !== address) return; // somebody holds an arrow key down
  link.focus({ preventScroll: true });
  main.className = page.querySelector("main").className;
  replace(page, ["beside", "students"]);
  history.replaceState(null, "", address);
  document.activeElement.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function next(cell, [down, right]) {
  let [row, column] = [cell.parentElement, cell.cellIndex];
  for (;;) {
    row = down < 0 ? row.previousElementSibling : down > 0 ? row.nextElementSibling : row;
    column += right;
    if (!row || column < 0 || column >= row.parentElement.dataset.columns) return null;
    const link = row.cells[column]?.querySelector("a");
    if (link) return link;
  }
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

if (main && matchMedia("(min-width: 64rem)").matches) {
  main.addEventListener("click", event => {
    const link = event.target.closest(".students td a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    beside(link);
  });
  main.addEventListener("keydown", event => {
    const cell = event.target.closest(".students tbody td, .students tbody th");
    if (!cell || !STEPS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    const link = next(cell, STEPS[event.key]);
    if (!link) return;
    event.preventDefault();
    link.focus();
    if (link.closest("td")) beside(link);
  });
}
