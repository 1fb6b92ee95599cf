// The page: a draft in a text area, over a copy of it that carries the marks. The text area is what is typed into and
// what a screen reader reads; the copy has the same words in the same places, and is seen through it.
"use strict";

const $ = (id) => document.getElementById(id);
const draft = $("draft"), backdrop = $("backdrop"), list = $("findings");

/** How long a pause in typing starts a check, in milliseconds. */
const PAUSE = 250;

let ui = "en", words = WORDS.en;
/** What was found: {level, rule, message, help, labels: [{start, end, message, text}], fix}; places in UTF-16 of the draft. */
let found = [];
/** The facts, alike ones in one: {key, kind, text, value, places: [start, end]}. */
let facts = [];
/** What the story tells of each thing: {name, kind, entries: [{text, start, end, tells, joined, how, source}]}. */
let cards = [];
/** What was ticked and noted, by the key of the fact: it outlives the checks, and is gone with the tab. */
const sheet = new Map();
/** The draft as it reads: {format, looks_like, blocks: [{kind, runs: [{text, start, end}]}]}; null where there is none. */
let story = null;
/** Who set the format and the day: the page, for one text, or the person, for all. */
let formatBy = "person", dayBy = "page";
/** Whether the sheet is laid out by thing. */
let byThing = false;
/** Whether the source of a page is shown though it could be shown as it reads. */
let asSource = false;
/** What was cleared, until something else is written. */
let cleared = null;
/** The rules by id, with titles and reasons, by language of the page. */
const rules = {};
let asked = 0, answered = 0, waiting = null, timer = 0, lit = null;

// --- Words ---------------------------------------------------------------------------------------------------------

function speak(code) {
  ui = WORDS[code] ? code : "en";
  words = WORDS[ui];
  document.documentElement.lang = ui;
  for (const el of document.querySelectorAll("[data-words]")) el.textContent = words[el.dataset.words];
  for (const el of document.querySelectorAll("[data-words-label]")) el.setAttribute("aria-label", words[el.dataset.wordsLabel]);
  for (const el of document.querySelectorAll("[data-words-placeholder]")) el.placeholder = words[el.dataset.wordsPlaceholder];
  for (const el of document.querySelectorAll("[data-ui]")) el.setAttribute("aria-pressed", String(el.dataset.ui === ui));
  $("today").textContent = ordinal(new Intl.DateTimeFormat(ui, { dateStyle: "full" }).format(new Date()));
  $("published-by").textContent = by;
}

/** The form of a word that a number takes: in French nought and one and a half are singular. */
function form(n, [one, many]) {
  return new Intl.PluralRules(ui).select(Number(n)) === "one" ? one : many;
}

function count(n, forms) {
  return `${new Intl.NumberFormat(ui).format(n)} ${form(n, forms)}`;
}

/** The first of a month, which French counts otherwise than the other days: « 1er décembre ». */
function ordinal(date) {
  return ui === "fr" ? date.replace(/(^|\s)1(?=\s)/, "$11er") : date;
}

/** Today in this place, as YYYY-MM-DD. */
function today() {
  const now = new Date(), two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function names() {
  if (rules[ui]) return;
  const code = ui, answer = await fetch(`rules?ui_lang=${code}`, { cache: "no-store" });
  if (answer.ok) rules[code] = new Map((await answer.json()).map((rule) => [rule.id, rule]));
}

// --- What a reload must not lose -----------------------------------------------------------------------------------

const KEPT = "recoupe.draft";

/** Keeps the draft in this tab, and nowhere else: it is gone when the tab is closed. */
function store() {
  try {
    if (!draft.value) return sessionStorage.removeItem(KEPT);
    sessionStorage.setItem(KEPT, JSON.stringify({
      text: draft.value, format: $("format").value, formatBy, lang: $("lang").value, notes: $("notes").checked, asSource, byThing,
      day: dayBy === "person" ? $("published").value : "", sheet: [...sheet],
    }));
  } catch { /* Where nothing may be stored, or no more, a reload starts anew. */ }
}

function resume() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    if (!kept) return;
    draft.value = before = kept.text;
    $("format").value = kept.format;
    $("lang").value = kept.lang;
    $("notes").checked = kept.notes;
    ({ formatBy, asSource, byThing = false } = kept);
    if (kept.day) {
      $("published").value = kept.day;
      dayBy = "person";
    }
    for (const [key, value] of kept.sheet) sheet.set(key, value);
  } catch { /* As above. */ }
}

// --- Asking --------------------------------------------------------------------------------------------------------

function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

async function ask() {
  clearTimeout(timer);
  waiting?.abort();
  const text = draft.value, turn = ++asked;
  store();
  $("try").hidden = text !== "";
  $("undone").hidden = !cleared || text !== "";
  if (!text.trim()) {
    found = [];
    facts = [];
    cards = [];
    story = null;
    if (dayBy === "page") setDay(today(), words.by_default);
    await names().catch(() => {});
    answered = turn;
    show("");
    return;
  }
  waiting = new AbortController();
  const about = { text };
  for (const id of ["format", "lang"]) if ($(id).value) about[id] = $(id).value;
  // What the draft says of its own day is stronger than today, and weaker than what somebody sets here.
  if (dayBy === "person") about.published = $("published").value;
  else about.usually_published = today();
  try {
    const [report, sheetOf, read] = await Promise.all([
      post("check", { ...about, ui_lang: ui, notes: $("notes").checked }, waiting.signal),
      post("facts", about, waiting.signal),
      post("story", about, waiting.signal),
      names(),
    ]);
    // A newer draft is on its way: this answer is of an older one.
    if (turn !== asked) return;
    answered = turn;
    const file = report.files[0], at = places(text);
    found = file.findings.map((f) => ({ ...f, labels: f.labels.map((l) => ({ ...l, ...at(l.span) })), fix: fixOf(f, at) }));
    facts = together(sheetOf.files[0].facts.map((f) => ({ ...f, ...at(f.span) })));
    cards = sheetOf.files[0].cards.map((card) => ({ ...card, entries: merged(card.entries.map((e) => ({ ...e, ...at(e.span) }))) }));
    story = { ...read, blocks: read.blocks.map((b) => ({ ...b, runs: b.runs.map((run) => ({ ...run, ...at(run) })) })) };
    if (dayBy === "page") setDay(file.published ?? today(), file.published && file.published !== today() ? words.by_draft : words.by_default);
    else setDay($("published").value, "");
    const problems = file.problems.map((p) => `${words.problem} ${p.message}`);
    const forced = $("lang").value && read.looks_like;
    if (forced) problems.unshift(words.forced(language($("lang").value), language(read.looks_like)));
    show(forced && !found.length ? words.nothing_forced(language($("lang").value)) : summary(report.summary), problems);
  } catch (e) {
    if (e.name === "AbortError" || turn !== asked) return;
    show(e instanceof TypeError ? words.unreachable : e.message);
  }
}

/** The name of a language in that of the page. */
function language(code) {
  return new Intl.DisplayNames(ui, { type: "language" }).of(code);
}

let by = "";

/** Shows the day against which the draft is read, and who says so. */
function setDay(day, says) {
  by = says;
  if (document.activeElement !== $("published")) $("published").value = day;
  $("published-by").textContent = says;
}

async function post(path, body, signal) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal, cache: "no-store",
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error.message);
  return json;
}

/** A function from spans in bytes of UTF-8 to places in `text`. */
function places(text) {
  // For each 256th byte, the place in the text where it is reached.
  const steps = [[0, 0]];
  let bytes = 0;
  const size = (c) => (c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
  for (let i = 0; i < text.length; ) {
    const c = text.codePointAt(i);
    bytes += size(c);
    i += c > 0xffff ? 2 : 1;
    while (steps.length * 256 <= bytes) steps.push([i, bytes]);
  }
  const place = (byte) => {
    let [i, at] = steps[Math.floor(byte / 256)];
    if (at > byte) [i, at] = steps[Math.floor(byte / 256) - 1];
    while (at < byte && i < text.length) {
      const c = text.codePointAt(i);
      at += size(c);
      i += c > 0xffff ? 2 : 1;
    }
    return i;
  };
  return (span) => ({ start: place(span.start), end: place(span.end) });
}

function fixOf(finding, at) {
  return finding.fix && finding.fix.edits.length === 1 ? { ...at(finding.fix.edits[0].span), text: finding.fix.edits[0].text } : null;
}

function summary(counts) {
  const parts = ["error", "warning", "note"].filter((l) => counts[l]).map((l) => count(counts[l], words.levels[l]));
  return parts.length ? new Intl.ListFormat(ui).format(parts) : words.nothing;
}

// --- Showing -------------------------------------------------------------------------------------------------------

function show(status, problems = []) {
  mark();
  write(problems);
  fill();
  if ($("status").textContent !== status) $("status").textContent = status;
  light(null);
  document.body.dataset.answered = String(answered);
}

function element(name, props = {}, ...children) {
  const el = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (key in el) el[key] = value;
    else el.setAttribute(key, value);
  }
  el.append(...children);
  return el;
}

const GRAVITY = { note: 0, warning: 1, error: 2 };

/** Draws the draft with its marks: below the text area, and as it reads. */
function mark() {
  const spans = [];
  found.forEach((f, i) => f.labels.forEach((l, j) => {
    if (l.start < l.end) spans.push({ start: l.start, end: l.end, finding: i, primary: j === 0, level: f.level });
  }));
  spans.sort((a, b) => a.start - b.start);
  // A last line that is empty takes room only if something stands on it.
  backdrop.replaceChildren(...marked(draft.value, 0, spans), "\u200b");
  read(spans);
}

/** A piece of the draft that begins at a place, cut wherever a mark begins or ends. */
function marked(text, begin, spans) {
  const end = begin + text.length, edges = new Set([begin, end]), inside = spans.filter((s) => s.start < end && s.end > begin);
  for (const s of inside) edges.add(Math.max(s.start, begin)).add(Math.min(s.end, end));
  const cuts = [...edges].sort((a, b) => a - b), pieces = [];
  let open = [], next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i], cuts[i + 1]];
    open = open.filter((s) => s.end > from);
    while (next < inside.length && inside[next].start <= from) open.push(inside[next++]);
    pieces.push(piece(text.slice(from - begin, to - begin), open));
  }
  return pieces;
}

function piece(text, open) {
  if (!open.length) return text;
  const worst = open.reduce((a, b) => (GRAVITY[b.level] > GRAVITY[a.level] ? b : a)).level;
  const el = element("mark", { className: `mark ${worst} ${open.some((s) => s.primary) ? "primary" : "other"}` }, text);
  el.dataset.findings = open.map((s) => s.finding).join(" ");
  return el;
}

/** The elements in which parts of a story stand; all others are paragraphs. */
const PARTS = { headline: "h2", heading: "h3", quote: "blockquote", "pull-quote": "blockquote" };

/** Draws a page of markup as it reads, instead of its source. */
function read(spans) {
  const can = story?.format === "html" && draft.value !== "", shown = can && !asSource;
  $("as").hidden = !can;
  $("as-story").setAttribute("aria-pressed", String(shown));
  $("as-source").setAttribute("aria-pressed", String(!shown));
  $("reading").hidden = !shown;
  draft.parentElement.hidden = shown;
  if (!shown) return $("reading").replaceChildren();
  const blocks = story.blocks.map(({ kind, runs }) => element(PARTS[kind] ?? "p", { className: kind }, ...runs.flatMap((run) => {
    // Where the source has other letters, as for a character that is written by its name, a mark has all of the piece.
    if (draft.value.slice(run.start, run.end) === run.text) return marked(run.text, run.start, spans);
    return [piece(run.text, spans.filter((s) => s.start < run.end && s.end > run.start))];
  })));
  $("reading").replaceChildren(...blocks);
  for (const el of $("reading").querySelectorAll(".mark")) {
    el.tabIndex = 0;
    el.addEventListener("focus", () => point(first(el)));
    el.addEventListener("mouseenter", () => point(first(el)));
    el.addEventListener("mouseleave", () => light(null));
  }
}

function point(which) {
  light(which);
  reveal(which);
}

/** Writes the list of findings. */
function write(problems) {
  const items = problems.map((p) => element("li", { className: "finding problem" }, element("p", { className: "message" }, bound(p))));
  found.forEach((f, i) => {
    const item = element("li", { className: `finding ${f.level}` });
    item.dataset.finding = i;
    item.append(
      element("p", { className: "head" },
        element("span", { className: "level" }, words.levels[f.level][0]),
        element("span", { className: "name" }, bound(rules[ui]?.get(f.rule)?.title ?? f.rule))),
      element("h3", { className: "message" }, bound(f.message)));
    const ul = element("ul", { className: "places" });
    f.labels.forEach((l, j) => {
      const go = element("button", { type: "button", className: `place ${j ? "other" : "primary"}` },
        element("span", { className: "quoted" }, short(l.text, 60)), " ", element("span", { className: "says" }, bound(l.message)));
      go.title = words.go(j + 1);
      go.addEventListener("click", () => select(l.start, l.end));
      ul.append(element("li", {}, go));
    });
    item.append(ul);
    if (f.help) item.append(element("p", { className: "help" }, bound(f.help)));
    const acts = element("p", { className: "acts" });
    if (f.fix) {
      const says = f.fix.text ? words.apply(short(f.fix.text, 40)) : words.remove;
      const button = element("button", { type: "button", className: "apply" }, says);
      button.addEventListener("click", () => replace(f.fix));
      acts.append(button);
    }
    const quiet = element("button", { type: "button", className: "apply ignore" }, words.ignore);
    quiet.addEventListener("click", () => ignore(f));
    acts.append(quiet);
    const why = rules[ui]?.get(f.rule)?.why;
    item.append(acts, element("details", { className: "why" }, element("summary", {}, words.why),
      ...(why ? [element("p", {}, bound(why))] : []),
      element("p", {}, words.rule, " ", element("a", { href: `rules/${f.rule}?ui_lang=${ui}`, target: "_blank", rel: "noopener" }, element("code", { className: "rule" }, f.rule)))));
    for (const [event, which] of [["mouseenter", i], ["mouseleave", null], ["focusin", i], ["focusout", null]]) {
      item.addEventListener(event, () => light(which));
    }
    items.push(item);
  });
  list.replaceChildren(...items);
}

/** Keeps French marks with their words; the rules write plain spaces. */
function bound(text) {
  return ui === "fr" ? text.replace(/« /g, "«\u00a0").replace(/ (?=[»:;!?%])/g, "\u00a0") : text;
}

function short(text, length) {
  const flat = text.replace(/\s+/g, " ");
  return flat.length > length ? `${flat.slice(0, length - 1).trimEnd()}…` : flat;
}

/** Lights up every place of one finding, and its entry in the list; nothing for null. */
function light(which) {
  if (which === lit) return;
  lit = which;
  for (const el of document.querySelectorAll("#backdrop .mark, #reading .mark")) {
    el.classList.toggle("lit", which !== null && el.dataset.findings.split(" ").includes(String(which)));
  }
  for (const el of list.querySelectorAll(".finding")) el.classList.toggle("lit", which !== null && el.dataset.finding === String(which));
}

/** The mark at a place of the text, if there is one. */
function markAt(place) {
  let at = 0;
  for (const node of backdrop.childNodes) {
    const end = at + node.textContent.length;
    if (place >= at && place < end) return node.dataset ? node : null;
    at = end;
  }
  return null;
}

function first(el) {
  return el ? Number(el.dataset.findings.split(" ")[0]) : null;
}

function select(start, end) {
  tab("proof");
  if (!$("reading").hidden) {
    const which = found.findIndex((f) => f.labels.some((l) => l.start === start && l.end === end));
    const el = [...$("reading").querySelectorAll(".mark")].find((m) => m.dataset.findings.split(" ").includes(String(which)) && short(draft.value.slice(start, end), 999).includes(short(m.textContent, 999)));
    if (el) {
      el.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
      return el.focus({ preventScroll: true });
    }
    asSource = true;
    mark();
  }
  draft.focus({ preventScroll: true });
  draft.setSelectionRange(start, end);
  markAt(start)?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  follow();
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Shows the source, where something is written into it. */
function source() {
  if ($("reading").hidden) return;
  asSource = true;
  mark();
}

/** The comments that may silence a finding, each with its place: above its block, in it, for the whole draft. */
function comments(f) {
  const text = draft.value, plain = story.format === "text", at = f.labels[0].start, out = [];
  const said = (verb) => {
    const call = `recoupe: ${verb} ${f.rule} -- ${words.reason}`;
    return plain ? call : `<!-- ${call} -->`;
  };
  const block = story.blocks.find((b) => b.runs.some((run) => run.start <= at && at < run.end));
  if (block) {
    const start = block.runs[0].start, line = text.lastIndexOf("\n", start - 1) + 1;
    if (story.format !== "html") out.push([line, `${said("ignore")}\n`]);
    if (!plain) out.push([start, `${said("ignore")} `]);
  }
  out.push([text.length, `${text.endsWith("\n") ? "" : "\n"}\n${said("ignore-all")}\n`]);
  return out;
}

/** Writes a comment that silences one finding, with a place for the reason: the first that works. */
async function ignore(f) {
  const text = draft.value, about = { ui_lang: ui, notes: $("notes").checked };
  for (const id of ["format", "lang"]) if ($(id).value) about[id] = $(id).value;
  about[dayBy === "person" ? "published" : "usually_published"] = $("published").value || today();
  try {
    for (const [place, comment] of comments(f)) {
      const report = await post("check", { ...about, text: text.slice(0, place) + comment + text.slice(place) });
      if (draft.value !== text) return;
      const left = report.files[0].findings;
      if (left.length >= found.length || left.some((other) => other.fingerprint === f.fingerprint)) continue;
      replace({ start: place, end: place, text: comment });
      const reason = place + comment.indexOf(words.reason);
      draft.setSelectionRange(reason, reason + words.reason.length);
      return;
    }
  } catch (e) {
    return show(e instanceof TypeError ? words.unreachable : e.message);
  }
}

function replace(edit) {
  source();
  draft.focus();
  draft.setSelectionRange(edit.start, edit.end);
  // Unlike a change of the value, this can be undone with a key.
  if (!document.execCommand("insertText", false, edit.text)) draft.setRangeText(edit.text, edit.start, edit.end, "end");
  typed();
  ask();
}

/** Lights up what the caret stands in. */
function follow() {
  if (document.activeElement !== draft) return;
  const which = first(markAt(draft.selectionStart));
  light(which);
  reveal(which);
}

/** Scrolls the list to an entry; the page stays where it is. */
function reveal(which) {
  const entry = list.querySelector(`[data-finding="${which}"]`), margin = list.parentElement;
  if (!entry || margin.scrollHeight <= margin.clientHeight) return;
  const [at, within] = [entry.getBoundingClientRect(), margin.getBoundingClientRect()];
  if (at.top < within.top) margin.scrollTop += at.top - within.top - 8;
  else if (at.bottom > within.bottom) margin.scrollTop += Math.min(at.bottom - within.bottom + 8, at.top - within.top - 8);
}

function step(by) {
  const starts = [...new Set(found.flatMap((f) => f.labels.filter((l) => l.end > l.start).map((l) => l.start)))].sort((a, b) => a - b);
  if (!starts.length) return;
  const at = draft.selectionStart;
  const next = by > 0 ? starts.find((s) => s > at) ?? starts[0] : starts.findLast((s) => s < at) ?? starts.at(-1);
  const label = found.flatMap((f) => f.labels).find((l) => l.start === next && l.end > l.start);
  select(label.start, label.end);
}

// --- Typing --------------------------------------------------------------------------------------------------------

let before = "";

/** Moves the marks with the words that they stand on until the next answer; those that were touched go. */
function typed() {
  const now = draft.value;
  const most = Math.min(before.length, now.length);
  let head = 0, tail = 0;
  while (head < most && before[head] === now[head]) head++;
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const cut = before.length - tail, by = now.length - before.length;
  const moved = (p) => (p.end <= head ? p : p.start >= cut ? { ...p, start: p.start + by, end: p.end + by } : { ...p, start: 0, end: 0 });
  found = found.map((f) => ({ ...f, labels: f.labels.map(moved), fix: f.fix && moved(f.fix) }));
  before = now;
  $("try").hidden = now !== "";
  if (now !== "") cleared = null;
  $("undone").hidden = !cleared;
  mark();
  const was = lit;
  lit = undefined;
  light(was);
}

function put(text, format = "") {
  draft.value = text;
  $("format").value = format;
  formatBy = "page";
  asSource = false;
  story = null;
  typed();
  draft.setSelectionRange(0, 0);
  ask();
}

/** Formats by the ends of file names, as the command line has them. */
const ENDS = { txt: "text", text: "text", md: "markdown", markdown: "markdown", html: "html", htm: "html", xhtml: "html" };

async function take(file) {
  const bytes = await file.arrayBuffer();
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const first = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
    const wide = first[0] === 0xff && first[1] === 0xfe ? "utf-16le" : first[0] === 0xfe && first[1] === 0xff ? "utf-16be" : null;
    text = new TextDecoder(wide ?? "windows-1252").decode(bytes);
  }
  tab("proof");
  const end = file.name.split(".").at(-1).toLowerCase();
  if (ENDS[end]) return put(text, ENDS[end]);
  // The service knows what a word processor wrote, and what is no text; of the former the story is taken over.
  const answer = await fetch("story", { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: bytes, cache: "no-store" });
  if (answer.ok) {
    const { format, blocks } = await answer.json();
    if (Object.values(ENDS).includes(format)) return put(text);
    return put(blocks.map((b) => b.runs.map((run) => run.text).join("")).join("\n\n"), "text");
  }
  found = [];
  facts = [];
  cards = [];
  story = null;
  draft.value = "";
  typed();
  show((await answer.json()).error.message);
}

// --- The fact sheet ------------------------------------------------------------------------------------------------

function together(all) {
  const known = new Map();
  for (const f of all) {
    // A place is one, whatever it does in its sentences, and so is a name in capitals.
    const { role, ...value } = f.value;
    const key = `${f.kind}\u0000${f.text.toLowerCase()}\u0000${JSON.stringify(value)}`;
    if (known.has(key)) known.get(key).places.push([f.start, f.end]);
    else known.set(key, { key, kind: f.kind, text: f.text, value: f.value, places: [[f.start, f.end]] });
  }
  return [...known.values()];
}

/** Entries of a card that stand at one place are one line. */
function merged(entries) {
  const known = new Map();
  for (const e of entries) {
    const key = `${e.start} ${e.end} ${e.tells}`, had = known.get(key);
    if (had) had.how = [...new Set([...(had.how ?? []), ...(e.how ?? [])])];
    else known.set(key, { ...e });
  }
  return [...known.values()];
}

/** A part of a date or a length of time, in words where it can be put into words. */
function moment(iso) {
  const [, year, month, day] = /^(\d{4}|XXXX)-(\d\d)-(\d\d)$/.exec(iso) ?? [];
  if (day) {
    const date = new Date(year === "XXXX" ? 2000 : Number(year), month - 1, Number(day), 12);
    // The thirty-first of April would become the first of May.
    if (date.getDate() !== Number(day)) return words.no_such_day;
    return ordinal(new Intl.DateTimeFormat(ui, year === "XXXX" ? { day: "numeric", month: "long" } : { dateStyle: "full" }).format(date));
  }
  const weekday = /^XXXX-WXX-([1-7])$/.exec(iso)?.[1];
  if (weekday) return new Intl.DateTimeFormat(ui, { weekday: "long" }).format(new Date(2001, 0, Number(weekday), 12));
  const [, hour, minute] = /^T(\d\d):(\d\d)$/.exec(iso) ?? [];
  if (minute) return new Intl.DateTimeFormat(ui, { timeStyle: "short" }).format(new Date(2000, 0, 1, Number(hour), Number(minute)));
  const [, time, n, unit] = /^P(T?)([\d.]+)([YMWDHS])$/.exec(iso) ?? [];
  const name = { Y: "year", M: time ? "minute" : "month", W: "week", D: "day", H: "hour", S: "second" }[unit];
  return name ? new Intl.NumberFormat(ui, { style: "unit", unit: name, unitDisplay: "long" }).format(Number(n)) : iso;
}

function country(code) {
  try {
    return code && new Intl.DisplayNames(ui, { type: "region" }).of(code);
  } catch {
    return code;
  }
}

/** A value as a checker reads it. */
function reading({ kind, value: v }) {
  switch (kind) {
    case "place": return v.country && country(v.country) !== v.name ? `${v.name} (${country(v.country)})` : v.name;
    case "person": return v.title ? `${v.name}, ${v.title}` : v.name;
    case "organisation": return v.name;
    case "quotation": return v.speaker ?? "";
    case "date": case "weekday": case "time": case "duration": return moment(v.resolved ?? v.iso);
  }
  const style = v.unit === "%" ? { style: "unit", unit: "percent" } : /^[A-Z]{3}$/.test(v.unit ?? "") ? { style: "currency", currency: v.unit, minimumFractionDigits: 0 } : {};
  const number = (n) => new Intl.NumberFormat(ui, { maximumFractionDigits: 12, ...style }).format(Number(n));
  const sized = (n) => {
    const unit = kind === "age" ? form(n, words.years) : v.unit === "pp" ? form(n, words.points) : style.style ? "" : v.unit;
    return [number(n), unit, v.of].filter(Boolean).join(" ");
  };
  if (v.low === v.written && v.high === v.written) return sized(v.written);
  if (v.high === null && v.low !== null) return `${words.at_least} ${sized(v.low)}`;
  if (v.low === null && v.high !== null) return `${words.at_most} ${sized(v.high)}`;
  return v.low !== null && v.high !== null && v.low !== v.high ? words.between(number(v.low), sized(v.high)) : sized(v.written);
}

/** A function from a place to its line. */
function liner() {
  const lines = [0];
  for (let i = draft.value.indexOf("\n"); i >= 0; i = draft.value.indexOf("\n", i + 1)) lines.push(i + 1);
  return (place) => lines.findLastIndex((start) => start <= place) + 1;
}

function fill() {
  $("fact-count").textContent = facts.length ? String(facts.length) : "";
  const blocks = story?.blocks ?? [], head = blocks.find((b) => b.kind === "headline") ?? blocks[0];
  $("story").textContent = head ? short(worded(head).trim(), 120) : "";
  const lineOf = liner(), parts = byThing ? things(lineOf) : tables(lineOf);
  $("by-kind").setAttribute("aria-pressed", String(!byThing));
  $("by-thing").setAttribute("aria-pressed", String(byThing));
  $("sheet").replaceChildren(...(parts.length ? parts : [element("p", { className: "none" }, words.no_facts)]));
  tally();
}

/** A table a kind of fact. */
function tables(lineOf) {
  const parts = [];
  for (const kind of Object.keys(words.kinds)) {
    const of = facts.filter((f) => f.kind === kind);
    if (!of.length) continue;
    const body = element("tbody");
    for (const f of of) body.append(row(f, lineOf));
    const head = words.columns.map((c, i) => element(i ? "th" : "td", i ? { scope: "col" } : {}, c));
    parts.push(element("table", { className: kind },
      element("caption", {}, words.kinds[kind], " ", element("span", { className: "count" }, String(of.length))),
      element("thead", {}, element("tr", {}, ...head)), body));
  }
  return parts;
}

/** A card a thing, of which the story tells all that stands on it: people first, then bodies, places, and what has no name. */
function things(lineOf) {
  const parts = [];
  for (const kind of Object.keys(words.card_kinds)) {
    const of = cards.filter((card) => card.kind === kind && card.entries.length);
    if (!of.length) continue;
    parts.push(element("section", { className: "cards" },
      element("h3", {}, words.card_kinds[kind], " ", element("span", { className: "count" }, String(of.length))),
      element("div", { className: "grid" }, ...of.map((card) => element("article", { className: "card" },
        element("h4", {}, card.name), element("ul", {}, ...card.entries.map((e) => entry(card, e, lineOf))))))));
  }
  return parts;
}

/** One thing that the story tells: where, in which words, and how it is said. */
function entry(card, e, lineOf) {
  const told = e.tells === "word" ? [words.joined[e.joined]] : e.tells === "claim" ? (e.how ?? []).map((how) => words.how[how]) : [words.told[e.tells]];
  if (e.source && e.tells !== "word" && e.source !== card.name) told.push(words.says(short(e.source, 40)));
  const says = told.filter(Boolean).join(", ");
  return element("li", { className: e.tells }, element("span", { className: "line" }, words.line(lineOf(e.start))), " ", quoted(e.start, e.end, e.text),
    ...(says ? [" ", element("span", { className: "says" }, says)] : []));
}

/** The words of a block. */
function worded(block) {
  return block.runs.map((run) => run.text).join("");
}

/** Some words before a place, and some after it, of the same part of the story. */
function around(start, end, text) {
  const most = 34;
  let all = draft.value, from = start, to = end;
  const block = story?.blocks.find((b) => b.runs.some((run) => run.start <= start && start < run.end));
  if (block) {
    // As it reads, without what is written for a program. Where the words are not found again, the source will do.
    const run = block.runs.findIndex((r) => r.start <= start && start < r.end), whole = worded(block);
    const at = worded({ runs: block.runs.slice(0, run) }).length + start - block.runs[run].start;
    if (whole.startsWith(text, at)) [all, from, to] = [whole, at, at + text.length];
  }
  const head = all.slice(Math.max(0, from - most), from).split("\n").at(-1), tail = all.slice(to, to + most).split("\n")[0];
  const before = from > most && head.length === most ? `…${head.replace(/^\S*/, "")}` : head;
  return [before, tail.length === most ? `${tail.replace(/\S*$/, "")}…` : tail];
}

/** Words in their surroundings, which lead to their place. */
function quoted(start, end, text) {
  const [before, after] = around(start, end, text);
  const go = element("button", { type: "button", className: "go" },
    element("span", { className: "around" }, before), element("b", {}, short(text, 160)), element("span", { className: "around" }, after));
  go.addEventListener("click", () => select(start, end));
  return go;
}

function row(f, lineOf) {
  const kept = sheet.get(f.key) ?? { ticked: false, note: "" };
  const box = element("input", { type: "checkbox", checked: kept.ticked });
  box.setAttribute("aria-label", words.tick(short(f.text, 60)));
  const note = element("input", { type: "text", value: kept.note, autocomplete: "off", spellcheck: false });
  note.setAttribute("aria-label", words.note_for(short(f.text, 60)));
  const cell = element("td", { className: "words" }, quoted(...f.places[0], f.text));
  if (f.places.length > 1) cell.append(" ", element("span", { className: "times" }, words.times(f.places.length)));
  const tr = element("tr", {},
    element("td", { className: "tick" }, box),
    element("td", { className: "line" }, [...new Set(f.places.map(([start]) => lineOf(start)))].slice(0, 4).join(", ")),
    cell, element("td", { className: "value" }, reading(f)), element("td", { className: "note" }, note));
  const keep = () => {
    sheet.set(f.key, { ticked: box.checked, note: note.value });
    tr.classList.toggle("ticked", box.checked);
    tally();
    store();
  };
  tr.classList.toggle("ticked", kept.ticked);
  box.addEventListener("change", keep);
  note.addEventListener("input", keep);
  return tr;
}

/** The sheet as a table for a spreadsheet: with a mark that tells its encoding, parted as the reader's own spreadsheets part. */
function table() {
  const lineOf = liner(), mark = ui === "fr" ? ";" : ",";
  // What begins as a formula does would be one.
  const cell = (text) => `"${String(text).replace(/^(?=[=@\t\r]|[+-](?!\d))/, "'").replaceAll('"', '""')}"`;
  const rows = facts.map((f) => {
    const kept = sheet.get(f.key);
    return [words.kinds[f.kind] ?? f.kind, [...new Set(f.places.map(([start]) => lineOf(start)))].join(" "), f.text.replace(/\s+/g, " "), reading(f), kept?.ticked ? words.yes : "", kept?.note ?? ""];
  });
  return "\ufeff" + [words.csv_columns, ...rows].map((row) => row.map(cell).join(mark)).join("\r\n") + "\r\n";
}

function download() {
  const link = element("a", { href: URL.createObjectURL(new Blob([table()], { type: "text/csv;charset=utf-8" })), download: words.csv_name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function tally() {
  const done = facts.filter((f) => sheet.get(f.key)?.ticked).length;
  $("ticked").max = Math.max(1, facts.length);
  $("ticked").value = done;
  const says = facts.length ? words.ticked(done, facts.length) : "";
  if ($("ticked-words").textContent !== says) $("ticked-words").textContent = says;
}

// --- Tabs ----------------------------------------------------------------------------------------------------------

const TABS = ["proof", "facts"];

function tab(name) {
  for (const other of TABS) {
    $(`tab-${other}`).setAttribute("aria-selected", String(other === name));
    $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
    $(other).hidden = other !== name;
  }
  document.body.dataset.view = name;
}

for (const [i, name] of TABS.entries()) {
  $(`tab-${name}`).addEventListener("click", () => tab(name));
  $(`tab-${name}`).addEventListener("keydown", (e) => {
    const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: TABS.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    const next = TABS[(to + TABS.length) % TABS.length];
    tab(next);
    $(`tab-${next}`).focus();
  });
}

// --- What happens --------------------------------------------------------------------------------------------------

/** A text that takes the place of all that was there has a format of its own. */
draft.addEventListener("beforeinput", (e) => {
  const all = draft.selectionStart === 0 && draft.selectionEnd === draft.value.length;
  if (all && formatBy === "page") $("format").value = "";
  if (all) asSource = !/paste|drop/i.test(e.inputType);
});
draft.addEventListener("input", () => {
  // Not every way to put text in is announced: what shares neither beginning nor end with what was there is another text.
  const now = draft.value, other = before !== "" && now !== "" && before[0] !== now[0] && before.at(-1) !== now.at(-1);
  if (other && formatBy === "page") $("format").value = "";
  typed();
  soon();
});
document.addEventListener("selectionchange", follow);
draft.addEventListener("keyup", follow);
draft.addEventListener("keydown", (e) => {
  if (e.key !== "F8") return;
  e.preventDefault();
  step(e.shiftKey ? -1 : 1);
});
draft.addEventListener("blur", () => light(null));
draft.addEventListener("mousemove", (e) => {
  const which = first(document.elementsFromPoint(e.clientX, e.clientY).find((x) => x.classList.contains("mark")));
  if (which === lit) return;
  light(which);
  reveal(which);
});
draft.addEventListener("mouseleave", () => light(null));

for (const id of ["lang", "notes"]) $(id).addEventListener("change", ask);
$("format").addEventListener("change", () => {
  formatBy = "person";
  ask();
});
$("published").addEventListener("change", () => {
  dayBy = $("published").value ? "person" : "page";
  ask();
});
$("published").addEventListener("blur", () => {
  if (!$("published").value) setDay(today(), words.by_default);
});
for (const [id, wanted] of [["as-story", false], ["as-source", true]]) {
  $(id).addEventListener("click", () => {
    asSource = wanted;
    mark();
    store();
    if (wanted) draft.focus();
  });
}
for (const [id, wanted] of [["by-kind", false], ["by-thing", true]]) {
  $(id).addEventListener("click", () => {
    byThing = wanted;
    fill();
    store();
  });
}
$("settings").addEventListener("submit", (e) => e.preventDefault());
$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => {
  const [file] = $("file").files;
  if (file) take(file);
  $("file").value = "";
});
$("clear").addEventListener("click", () => {
  if (draft.value.trim()) $("sure").showModal();
  else put("");
});
$("sure-no").addEventListener("click", () => $("sure").close());
$("sure-yes").addEventListener("click", () => {
  $("sure").close();
  const was = { text: draft.value, format: $("format").value, formatBy, asSource, sheet: [...sheet] };
  sheet.clear();
  put("");
  cleared = was;
  $("undone").hidden = false;
  $("undo").focus();
});
$("undo").addEventListener("click", () => {
  if (!cleared) return;
  const was = cleared;
  for (const [key, value] of was.sheet) sheet.set(key, value);
  put(was.text, was.format);
  ({ formatBy, asSource } = was);
  draft.focus();
});
$("example").addEventListener("click", () => {
  put(words.sample, "text");
  draft.focus();
});
for (const el of document.querySelectorAll(".print")) el.addEventListener("click", () => print());
$("csv").addEventListener("click", download);
addEventListener("pagehide", store);
for (const el of document.querySelectorAll("[data-ui]")) {
  el.addEventListener("click", () => {
    try {
      localStorage.setItem("recoupe.ui", el.dataset.ui);
    } catch { /* Where nothing may be stored, the choice holds for this page. */ }
    speak(el.dataset.ui);
    ask();
  });
}

let over = 0;
document.addEventListener("dragenter", (e) => {
  if (!e.dataTransfer?.types.includes("Files")) return;
  over++;
  $("drop").hidden = false;
});
document.addEventListener("dragleave", () => {
  over = Math.max(0, over - 1);
  $("drop").hidden = over === 0;
});
document.addEventListener("dragover", (e) => {
  if (e.dataTransfer?.types.includes("Files")) e.preventDefault();
});
document.addEventListener("drop", (e) => {
  over = 0;
  $("drop").hidden = true;
  const [file] = e.dataTransfer?.files ?? [];
  if (!file) return;
  e.preventDefault();
  take(file);
});

function chosen() {
  try {
    const kept = localStorage.getItem("recoupe.ui");
    if (WORDS[kept]) return kept;
  } catch { /* As above. */ }
  return (navigator.languages ?? [navigator.language]).map((l) => l.split("-")[0]).find((l) => WORDS[l]) ?? "en";
}

resume();
speak(chosen());
tab("proof");
ask();
