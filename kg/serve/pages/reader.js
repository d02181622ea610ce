// Lets a fact light up its words in the text, and words their facts.
"use strict";
const marks = [...document.querySelectorAll("mark")];
const facts = [...document.querySelectorAll("[data-fact]")];
const meant = (mark) => mark.dataset.facts.split(" ");

function light(numbers) {
  for (const mark of marks) mark.classList.toggle("on", meant(mark).some((number) => numbers.includes(number)));
  for (const fact of facts) fact.classList.toggle("on", numbers.includes(fact.dataset.fact));
}
const into = (element) => element && element.scrollIntoView({ block: "nearest", behavior: "smooth" });

for (const fact of facts) {
  const choose = () => {
    light([fact.dataset.fact]);
    into(marks.find((mark) => mark.classList.contains("on")));
  };
  fact.addEventListener("click", choose);
  fact.addEventListener("keydown", (event) => event.key === "Enter" && choose());
}
for (const mark of marks) {
  mark.addEventListener("click", () => {
    light(meant(mark));
    into(facts.find((fact) => fact.classList.contains("on")));
  });
}
const target = location.hash && document.getElementById(location.hash.slice(1));
const first = target && marks.find((mark) => target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
if (first) light(meant(first));
