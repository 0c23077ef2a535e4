// Creates elements from texts. No text of a document is parsed as HTML.

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/* Descriptions use only one form of Markdown: code between backticks. */
export function text(words) {
  const fragment = document.createDocumentFragment();
  (words ?? "").split("`").forEach((part, index) => {
    fragment.append(index % 2 === 1 ? element("code", {}, part) : part);
  });
  return fragment;
}

export function pre(words) {
  return element("pre", { tabindex: "0" }, element("code", {}, words));
}

export function list(items) {
  return element("ul", {}, ...items.map((item) => element("li", {}, item)));
}

export function table(heads, rows) {
  const head = element("tr", {}, ...heads.map((words) => element("th", { scope: "col" }, words)));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell ?? ""))));
  return element("div", { class: "scroll" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}
