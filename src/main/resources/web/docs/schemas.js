// Converts a JSON Schema to the rows of a table: one for each field, and nested fields with their path.

const DEPTH_MAX = 5;

function resolved(schema, schemas) {
  const name = schema?.$ref?.split("/").pop();
  return name ? (schemas[name] ?? {}) : (schema ?? {});
}

function bounds(schema) {
  const parts = [];
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    parts.push(`${schema.minLength ?? 0} to ${schema.maxLength ?? "any number of"} characters`);
  }
  if (schema.minimum !== undefined || schema.maximum !== undefined) {
    parts.push(`from ${schema.minimum ?? "any"} to ${schema.maximum ?? "any"}`);
  }
  if (schema.maxItems !== undefined) {
    parts.push(`at most ${schema.maxItems}`);
  }
  return parts.join(", ");
}

function type(schema, schemas) {
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  }
  const name = [schema.type ?? "any"].flat().join(" or ");
  if (name === "array") {
    return `list of ${type(resolved(schema.items, schemas), schemas)}`;
  }
  return schema.format ? `${name} (${schema.format})` : name;
}

export function schemaRows(schema, schemas, path = "", depth = 0) {
  const whole = resolved(schema, schemas);
  const fields = whole.type === "array" ? resolved(whole.items, schemas) : whole;
  if (!fields.properties || depth > DEPTH_MAX) {
    return [];
  }
  return Object.entries(fields.properties).flatMap(([name, field]) => {
    const one = resolved(field, schemas);
    const required = (fields.required ?? []).includes(name);
    const row = {
      name: path + name,
      type: type(one, schemas) + (required ? "" : ", optional"),
      meaning: [one.description, bounds(one)].filter(Boolean).join("; "),
    };
    return [row, ...schemaRows(one, schemas, `${path}${name}${one.type === "array" ? "[]" : ""}.`, depth + 1)];
  });
}
