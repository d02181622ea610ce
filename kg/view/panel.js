// The panel (what the articles say of a thing, what an article says), the search, the legend, the address of a choice.

/** When the page is served beside the article reader, its links lead there. */
const served = location.protocol.startsWith("http") && /\/graph$/.test(location.pathname);
const linkTo = (iri, text) => make("button", { type: "button", class: "link", onclick: () => go(iri, true) }, text || nameOf(iri));

function citation(fact, inArticle) {
  const quote = make("blockquote", {}, fact.before || "", make("mark", {}, fact.quote), fact.after || "");
  if (fact.confidence !== undefined) {
    quote.title = say("interface", "sure", { share: `${Math.round(fact.confidence * 100)}%` }) + (fact.rule ? ` · ${fact.rule}` : "");
  }
  const article = book.articles[fact.article];
  if (inArticle || !article) return [quote];
  const about = [article.outlet, article.published].filter(Boolean).join(" ");
  const cite = make("cite", {}, make("button", { type: "button", class: "link", onclick: () => go(fact.article, true) }, `《${article.title}》`),
    about ? ` ${about}` : "", served ? " · " : "", served ? reader(fact.article, fact.start) : "");
  return [quote, cite];
}

const reader = (iri, start) =>
  make("a", { href: `article?iri=${encodeURIComponent(iri)}${start === undefined ? "" : `#p${start}`}` }, say("interface", "read"));

function tags(fact) {
  const made = [];
  if (fact.planned) made.push(make("span", { class: "tag planned" }, say("interface", "planned")));
  if (fact.former) made.push(make("span", { class: "tag" }, say("interface", "former")));
  return made;
}

/** The statements that say the same thing, gathered under one key. */
function gather(facts, keyOf) {
  const groups = new Map();
  for (const fact of facts) {
    const key = keyOf(fact);
    groups.has(key) ? groups.get(key).push(fact) : groups.set(key, [fact]);
  }
  return groups;
}

const sameAs = (f) => JSON.stringify([f.subject, f.predicate, f.object, f.role, f.value, f.unit, f.indicator, f.post, f.former, f.planned]);

function factList(facts, iri) {
  const list = make("ul");
  for (const same of gather(facts, sameAs).values()) {
    const fact = same[0];
    const other = fact.subject === iri ? fact.object : fact.subject;
    const value = valueOf(fact);
    list.append(make("li", {}, value ? make("span", { class: "value" }, value) : "", value && other ? " " : "",
      other ? linkTo(other) : "", ...tags(fact), ...same.flatMap((f) => citation(f, false))));
  }
  return list;
}

function heading(kind, type) {
  return make("div", { class: "top" }, type ? sign(type) : "", kind,
    make("button", { type: "button", "aria-label": say("interface", "close"), onclick: () => go(null, false) }, "×"));
}

function thingPanel(iri) {
  const thing = book.things[iri];
  const facts = factsOf.get(iri);
  const types = [kindOf(thing), ...(thing.also || []).map((type) => say("type", type))].join(" · ");
  const parts = [heading(types, thing.type), make("h2", {}, thing.names[0])];
  if (thing.names.length > 1) parts.push(make("p", { class: "soft" }, `${say("interface", "alias")} ${thing.names.slice(1).join(language ? ", " : "、")}`));
  const where = [...(thing.parents || [])].join(" ");
  if (where) parts.push(make("p", { class: "soft" }, where));
  if (thing.code) parts.push(make("p", { class: "soft" }, `${say("interface", "code")} ${thing.code}`));
  if (!facts.length) parts.push(make("p", {}, say("interface", "nothing")));
  for (const [part, mine] of [["predicates", (f) => f.subject === iri], ["inverse", (f) => f.subject !== iri]]) {
    for (const predicate of Object.keys(words.predicates)) {
      const found = facts.filter((f) => f.predicate === predicate && mine(f));
      if (found.length) parts.push(make("h3", {}, say(part, predicate)), factList(found, iri));
    }
  }
  return parts;
}

function articlePanel(iri) {
  const article = book.articles[iri];
  const about = [article.outlet, article.published, (article.authors || []).join(language ? ", " : "、")].filter(Boolean).join(" · ");
  const list = make("ul");
  for (const fact of factsIn.get(iri)) {
    const value = valueOf(fact);
    list.append(make("li", {}, linkTo(fact.subject), " ", make("span", { class: "soft" }, say("predicates", fact.predicate)), " ",
      fact.object ? linkTo(fact.object) : "", value ? make("span", { class: "value" }, ` ${value}`) : "", ...tags(fact), ...citation(fact, true)));
  }
  return [heading(say("interface", "articles")), make("h2", {}, article.title), make("p", { class: "soft" }, about),
    make("p", { class: "soft" }, article.source || ""), served ? make("p", {}, reader(iri)) : "",
    list.children.length ? list : make("p", {}, say("interface", "silent"))];
}

function welcomePanel() {
  const prominent = make("ul");
  for (const iri of ranked.slice(0, 8)) prominent.append(make("li", {}, sign(book.things[iri].type), " ", linkTo(iri)));
  const articles = make("ul");
  const dated = Object.entries(book.articles).sort(([, a], [, b]) => (b.published || "").localeCompare(a.published || ""));
  for (const [iri, article] of dated.slice(0, 200)) {  // the search finds the others
    articles.append(make("li", {}, linkTo(iri, article.title), make("cite", {}, [article.outlet, article.published].filter(Boolean).join(" "))));
  }
  return [make("h2", {}, say("interface", "welcome")), make("p", { class: "soft" }, say("interface", "how")),
    make("h3", {}, say("interface", "prominent")), prominent, make("h3", {}, say("interface", "articles")), articles];
}

/** Chooses a thing or an article by IRI (null: nothing); the address of the page follows, so that it can be shared. */
function go(iri, move) {
  const address = iri === null ? "" : `#${encodeURIComponent(iri)}`;
  if (location.hash !== address) history.pushState(null, "", address || location.href.split("#")[0]);
  choose(iri, move, true);
}

function choose(iri, move, animate) {
  chosen = book.things[iri] || book.articles[iri] ? iri : null;
  let near = null;
  if (book.things[chosen]) {
    if (looseIris.has(chosen)) showLoose = true;
    hiddenTypes.delete(book.things[chosen].type);
    refresh();
    network.selectNodes([chosen], false);
    near = neighbours(chosen);
  } else {
    network.unselectAll();
    if (chosen && factsIn.get(chosen).length) near = new Set(factsIn.get(chosen).flatMap((f) => [f.subject, f.object]).filter(Boolean));
  }
  emphasise(near);
  if (move && near) show(near, animate);
  paint();
}

function paint() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  document.title = chosen ? `${book.things[chosen] ? nameOf(chosen) : book.articles[chosen].title} · 县志` : say("interface", "title");
  element("count").textContent = say("interface", "count",
    { articles: Object.keys(book.articles).length, things: book.shown, facts: book.facts.length });
  element("search").placeholder = say("interface", "search");
  element("search").setAttribute("aria-label", say("interface", "search"));
  element("language").textContent = say("interface", "language");
  for (const id of ["closer", "farther", "fit"]) element(id).title = say("interface", id);
  element("notice").hidden = book.shown >= book.total;
  element("notice").textContent = say("interface", "less", book);
  const panel = element("panel");
  panel.replaceChildren(...(chosen === null ? welcomePanel() : book.things[chosen] ? thingPanel(chosen) : articlePanel(chosen)).filter(Boolean));
  panel.scrollTop = 0;
  paintLegend();
}

function paintLegend() {
  const counts = gather(Object.values(book.things), (thing) => thing.type);
  const rows = book.types.filter((type) => counts.has(type)).map((type) =>
    make("button", { type: "button", "aria-pressed": String(!hiddenTypes.has(type)), "data-type": type, onclick: () => {
      hiddenTypes.has(type) ? hiddenTypes.delete(type) : hiddenTypes.add(type);
      refresh();
      paintLegend();
    } }, sign(type), say("types", type), make("span", {}, String(counts.get(type).length))));
  if (looseIris.size) {
    rows.push(make("button", { type: "button", "aria-pressed": String(showLoose), onclick: () => {
      showLoose = !showLoose;
      refresh();
      show(null, true);
      paintLegend();
    } }, say("interface", "loose"), make("span", {}, String(looseIris.size))));
  }
  element("legend").title = say("interface", "legend");
  element("legend").replaceChildren(...rows);
}

// search: names and headlines
const plain = (text) => text.normalize("NFKC").toLowerCase();
const entries = [
  ...ranked.map((iri) => ({ iri, names: book.things[iri].names, kind: () => kindOf(book.things[iri]), type: book.things[iri].type })),
  ...Object.entries(book.articles).map(([iri, a]) => ({ iri, names: [a.title], kind: () => say("interface", "articles") })),
].map((entry) => ({ ...entry, keys: entry.names.map(plain) }));
let picked = 0;

function find(query) {
  const wanted = plain(query.trim());
  if (!wanted) return [];
  const quality = (keys) => Math.min(...keys.map((key) => (key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 9)));
  return entries.map((entry) => [quality(entry.keys), entry]).filter(([q]) => q < 9).sort((a, b) => a[0] - b[0]).slice(0, 40).map(([, e]) => e);
}

function paintResults() {
  const query = element("search").value;
  const found = find(query);
  picked = Math.max(0, Math.min(picked, found.length - 1));
  const rows = found.map((entry, i) => make("li", { role: "option", "aria-selected": String(i === picked), onmousedown: (event) => {
    event.preventDefault();
    take(entry);
  } }, entry.type ? sign(entry.type) : "", entry.names[0], make("small", {}, entry.kind())));
  if (query.trim() && !found.length) rows.push(make("li", {}, say("interface", "none", { query })));
  element("results").replaceChildren(...rows);
  element("results").hidden = !rows.length;
  element("search").setAttribute("aria-expanded", String(rows.length > 0));
  return found;
}

function take(entry) {
  element("search").value = "";
  paintResults();
  element("search").blur();
  go(entry.iri, true);
}

element("search").addEventListener("input", () => { picked = 0; paintResults(); });
element("search").addEventListener("blur", () => { element("results").hidden = true; });
element("search").addEventListener("focus", paintResults);
element("search").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { picked += step; event.preventDefault(); }
  const found = paintResults();
  if (event.key === "Enter" && found.length) take(found[picked]);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { element("search").value = ""; element("search").blur(); go(null, false); }
  if (event.key === "/" && document.activeElement !== element("search")) { event.preventDefault(); element("search").focus(); }
});
element("language").addEventListener("click", () => { language = 1 - language; paint(); network.redraw(); });
element("closer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.4, animation: { duration: 200 } }));
element("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.4, animation: { duration: 200 } }));
element("fit").addEventListener("click", () => show(null, true));
const addressed = () => (location.hash ? decodeURIComponent(location.hash.slice(1)) : null);
window.addEventListener("popstate", () => choose(addressed(), true, true));
if (served) document.querySelector("h1").replaceChildren(make("a", { href: "/" }, "县志"));
show(null, false);
choose(addressed() || book.focus, addressed() !== null, false);
