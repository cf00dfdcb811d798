import type { components, operations } from "@octokit/openapi-types";
import type { World } from "./model.ts";

/** An operation of GitHub's description, for instance `issues/create-comment`. */
export type Operation = keyof operations;

/** A whole answer, ready to be sent. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

/** One request as a handler sees it. */
export type Call = {
  /** What the path's pattern has caught, decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  /** The JSON body; undefined when there was none. */
  readonly body: unknown;
  readonly accept: string;
  /** The URL that was asked, without its query. */
  readonly url: string;
};

/** Answers one operation; reads and changes nothing but the world. */
export type Handler = (call: Call, world: World) => Answer;

type Json<Response> = Response extends { content: { "application/json": infer Body } } ? Body : never;

/** The JSON that GitHub's description gives for an operation and a status. */
type Described<O extends Operation, S extends number> = S extends keyof operations[O]["responses"]
  ? Json<operations[O]["responses"][S]>
  : never;

/** An answer of the shape that GitHub describes for this operation and status: no other compiles. */
export function answer<O extends Operation, S extends number>(
  _operation: O,
  status: S,
  body: Described<O, S>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return answerJson(status, body, headers);
}

/** JSON of any shape: for GraphQL, which the description leaves out. */
export function answerJson(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    text: JSON.stringify(body),
  };
}

const DOCUMENTATION = "https://docs.github.com/rest";

/** A refusal in GitHub's usual shape. */
export function refuse(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body: components["schemas"]["basic-error"] = {
    message,
    documentation_url: DOCUMENTATION,
    status: String(status),
  };
  return answerJson(status, body, headers);
}

export function notFound(): Answer {
  return refuse(404, "Not Found");
}

type Fault = NonNullable<components["schemas"]["validation-error"]["errors"]>[number];

/** 422 with the field that broke a rule. */
export function invalid(fault: Fault): Answer {
  const body: components["schemas"]["validation-error"] & { readonly status: string } = {
    message: "Validation Failed",
    errors: [fault],
    documentation_url: DOCUMENTATION,
    status: "422",
  };
  return answerJson(422, body);
}

/** GitHub's form of a time: whole seconds. */
export function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A field of a JSON body; undefined when the body is no object or has no such field. */
export function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null && Object.hasOwn(body, name)
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
