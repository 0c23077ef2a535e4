// Draws the API description and the event types from the documents that this server generates. Loads nothing else.
import { element, list, pre, table, text } from "./drawing.js";
import { schemaRows } from "./schemas.js";

const $ = (id) => document.getElementById(id);
const WIDE = matchMedia("(min-width: 50rem)"); // As in docs.css.
const METHODS = ["get", "post", "put", "patch", "delete"];

async function load(path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return answer.json();
}

function schemaTable(schema, schemas) {
  const rows = schemaRows(schema, schemas);
  return rows.length > 0
    ? table(["Field", "Type", "Meaning"], rows.map((row) => [element("code", {}, row.name), row.type, row.meaning]))
    : element("p", { class: "what" }, "Any JSON.");
}

function content(media, schemas) {
  return Object.entries(media).flatMap(([type, { schema, example, examples }]) => [
    element("p", {}, element("code", {}, type)),
    type.endsWith("json") && !examples ? schemaTable(schema, schemas) : null,
    example === undefined ? null : pre(JSON.stringify(example, null, 2)),
    ...Object.values(examples ?? {}).slice(0, 1).map(({ value }) => pre(JSON.stringify(value, null, 2))),
  ]);
}

function signs(operation) {
  const ways = operation.security.flatMap((way) => (Object.keys(way).length > 0 ? Object.keys(way) : ["anyone"]));
  return ways.length > 0 ? ways : ["anyone"];
}

function parameters(operation) {
  if (!operation.parameters) {
    return [];
  }
  const rows = operation.parameters.map(({ name, in: place, required, description, schema }) => [
    element("code", {}, name), place + (required ? ", required" : ""), schema.format ?? schema.type ?? schema.enum?.join(", ") ?? "", text(description),
  ]);
  return [element("h4", {}, "Parameters"), table(["Name", "In", "Type", "Meaning"], rows)];
}

function responses(operation, schemas) {
  const good = Object.entries(operation.responses).filter(([status]) => status < "4");
  const bad = Object.entries(operation.responses).filter(([status]) => status >= "4");
  return [
    element("h4", {}, "Responses"),
    ...good.flatMap(([status, answer]) => [
      element("p", {}, element("strong", {}, status), " ", text(answer.description)),
      answer.headers
        ? table(["Header", "Meaning"], Object.entries(answer.headers).map(([name, { description }]) => [element("code", {}, name), text(description)]))
        : null,
      ...content(answer.content ?? {}, schemas),
    ]),
    element("h4", {}, "Problems"),
    table(["Status", "Code and cause"], bad.map(([status, answer]) => [status, text(answer.description)])),
  ];
}

function operationItem(path, method, operation, schemas) {
  return item(operation.operationId, `${method} ${path} ${operation.summary}`, [
    element("span", { class: `method ${method}` }, method.toUpperCase()),
    element("span", { class: "path" }, path),
    element("span", { class: "what" }, operation.summary),
  ], () => [
    operation.description ? element("p", {}, text(operation.description)) : null,
    element("p", {}, "For: ", ...signs(operation).flatMap((sign) => [element("span", { class: "badge" }, sign), " "])),
    ...parameters(operation),
    ...(operation.requestBody ? [element("h4", {}, "Body"), ...content(operation.requestBody.content, schemas)] : []),
    ...responses(operation, schemas),
  ]);
}

function eventItem(event, message, schemas) {
  const schema = message ? schemas[message] : undefined;
  return item(`event-${event.name}`, `${event.name} ${event.meaning}`, [
    element("span", { class: "path" }, event.name),
    element("span", { class: "what" }, event.meaning),
  ], () => [
    element("p", {}, "For: ", ...event.audience.flatMap((channel) => [element("span", { class: "badge" }, channel), " "])),
    event.emittableBy.length > 0 ? element("p", {}, "Emitted by: ", event.emittableBy.join(", ")) : null,
    event.workers.length > 0 ? element("p", {}, "Workers: ", event.workers.join(", ")) : null,
    element("h4", {}, "Data"),
    schema ? schemaTable(schema, schemas) : null,
  ]);
}

/* Draws the content of an item when it opens: hundreds of tables would make the page slow. */
function item(id, words, head, inside) {
  const details = element("details", { class: "item", id }, element("summary", {}, element("h3", {}, ...head)));
  details.dataset.words = words.toLowerCase();
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".inside")) {
      details.append(element("div", { class: "inside" }, ...inside()));
    }
  });
  return details;
}

function section(name, title, items) {
  const part = element("section", { id: name, "aria-labelledby": `${name}-title` }, element("h2", { id: `${name}-title` }, title), ...items);
  part.dataset.title = title;
  return part;
}

function sections(api, events, map) {
  const schemas = api.components.schemas;
  const byTag = new Map(api.tags.map(({ name }) => [name, []]));
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((method) => methods[method])) {
      byTag.get(methods[method].tags[0]).push(operationItem(path, method, methods[method], schemas));
    }
  }
  const described = map.events.map((event) =>
    eventItem(event, event.name.replace(/[^A-Za-z0-9]+/g, "-"), events.components.schemas));
  return [
    ...[...byTag].map(([tag, items]) => section(`tag-${tag}`, tag, items)),
    section("events", "Event types", described),
  ];
}

function contents(parts) {
  return parts.map((part) => element("div", {},
    element("h2", {}, element("a", { href: `#${part.id}` }, part.dataset.title)),
    list([...part.querySelectorAll("details")].map((one) =>
      element("a", { href: `#${one.id}` }, ...[...one.querySelectorAll(".method, .path")].map((word) => word.cloneNode(true)))))));
}

const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

/* The list beside the page shows the same items as the page. On a narrow screen, a search opens it. */
function narrowList(searching) {
  for (const group of $("list").querySelectorAll("div")) {
    group.hidden = target(group.querySelector("h2 a")).hidden;
    group.querySelectorAll("li").forEach((entry) => { entry.hidden = target(entry.querySelector("a")).hidden; });
  }
  $("list").open = WIDE.matches || searching;
}

function find(words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const part of $("sections").children) {
    const items = [...part.querySelectorAll("details")];
    items.forEach((one) => { one.hidden = !wanted.every((word) => one.dataset.words.includes(word)); });
    part.hidden = items.every((one) => one.hidden);
    count += items.filter((one) => !one.hidden).length;
  }
  narrowList(wanted.length > 0);
  $("nothing").hidden = count > 0;
  $("found").textContent = wanted.length > 0 ? `${count} found` : "";
}

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
    named.scrollIntoView();
  }
}

try {
  const [api, events, map] = await Promise.all(["/openapi.json", "/asyncapi.json", "/feature-map.json"].map(load));
  $("version").textContent = api.info.version;
  $("description").append(...api.info.description.split("\n\n").map((words) => element("p", {}, text(words))));
  $("sections").append(...sections(api, events, map));
  $("list").append(...contents([...$("sections").children]));
  $("find").addEventListener("input", (event) => find(event.target.value));
  WIDE.addEventListener("change", () => find($("find").value));
  find($("find").value);
  window.addEventListener("hashchange", openNamed);
  openNamed();
  document.documentElement.dataset.drawn = "true";
} catch (failure) {
  console.error(failure);
  $("failure").hidden = false;
}
