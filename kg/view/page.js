// The data of the page, its two languages, and small helpers. drawing.js and panel.js follow in the same script.
"use strict";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const book = read("book");
const words = read("words");
const marks = read("nodes");
const ties = read("edges");
const element = (id) => document.getElementById(id);

/** 0 for Chinese, 1 for English: the place of a language in words.json. */
let language = 0;
const say = (part, key, values = {}) => {
  const pair = words[part][key];
  const text = pair ? pair[language] : key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
};

/** A new element; every text goes in as text, never as HTML. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** The mark of a type as in the drawing. */
function sign(type) {
  const paths = {
    Person: "M8 2a6 6 0 1 0 .01 0z", Organization: "M2.5 2.5h11v11h-11z", Place: "M1.5 8l3.2-5.6h6.6L14.5 8l-3.2 5.6H4.7z",
    Project: "M8 1l6 7-6 7-6-7z", Initiative: "M8 .8l2 5 5.4.3-4.2 3.4 1.4 5.2L8 11.8l-4.6 2.9 1.4-5.2L.6 6.1 6 5.8z", Event: "M8 1.5l7 12.5H1z",
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", paths[type]);
  path.setAttribute("fill", book.colors[type]);
  svg.append(path);
  return svg;
}

/** 8230000000 as a reader of the language writes it: 82.3亿, 8.23 billion. */
function number(value) {
  const size = Number(value);
  const steps = language === 0 ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, " billion"], [1e6, " million"]];
  for (const [step, unit] of steps) {
    if (Math.abs(size) >= step) return (size / step).toLocaleString("en", { maximumFractionDigits: 4 }) + unit;
  }
  return size.toLocaleString("en", { maximumFractionDigits: 4 });
}

/** 元 for CNY in Chinese; every other unit as the text has it. */
const unitOf = (fact) => (language ? ` ${fact.unit || ""}` : fact.unit === "CNY" ? "元" : fact.unit || "");

/** The value of a statement that has no object, or what stands beside its object (a post). */
function valueOf(fact) {
  const about = fact.approx ? say("interface", "approx") : "";
  switch (fact.predicate) {
    case "holdsPost":
      return fact.post || "";
    case "funding": {
      const sum = number(fact.value);
      const text = language === 0 ? `${sum}${unitOf(fact)}` : `${fact.unit || ""} ${sum}`;
      return `${fact.role ? say("roles", fact.role) : ""} ${about}${text}`.trim();
    }
    case "date":
      return `${say("roles", fact.role || "on")} ${fact.value}`;
    case "statistic":
      return `${fact.indicator || ""} ${about}${number(fact.value)}${unitOf(fact)}`.trim();
    case "status":
      return say("roles", fact.role || fact.value);
    default:
      return fact.value || "";
  }
}

const nameOf = (iri) => (book.things[iri] ? book.things[iri].names[0] : iri);
const kindOf = (thing) => (thing.kind ? thing.kind[language] : say("type", thing.type));
const rankOf = new Map(marks.map((mark) => [mark.id, mark.rank]));
const factsOf = new Map(Object.keys(book.things).map((iri) => [iri, []]));
const factsIn = new Map(Object.keys(book.articles).map((iri) => [iri, []]));
for (const fact of book.facts) {
  factsOf.get(fact.subject).push(fact);
  if (fact.object && fact.object !== fact.subject) factsOf.get(fact.object).push(fact);
  if (factsIn.has(fact.article)) factsIn.get(fact.article).push(fact);
}
