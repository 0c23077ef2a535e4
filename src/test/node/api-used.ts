// What a client does with the types that openapi-typescript makes of the API description: only compiled, never run.
import type { components, paths } from "./api";

type Schemas = components["schemas"];
type Preferences = paths["/api/me/preferences"]["put"]["requestBody"]["content"]["application/json"];

export const preferences: Preferences = { theme: "dark", sizes: [1, 2] };

export function first(page: Schemas["UserPage"]): Schemas["User"] | undefined {
  return page.items[0];
}

export function isTaken(problem: Schemas["Problem"]): boolean {
  return problem.code === "email-taken" || (problem.errors ?? []).some((error: Schemas["FieldError"]) => error.code === "taken");
}

// @ts-expect-error -- no problem has this code
export const unknown: Schemas["Problem"]["code"] = "no-such-code";
