import type { ServerResponse } from "node:http";
import type { InjectedFault } from "./fault.ts";
import type { Answer } from "./reply.ts";

const PAGE = "<!doctype html><html><title>Sign in</title><body><h1>Please sign in</h1></body></html>";

/** Sends an answer whole. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, {
    ...answer.headers,
    "content-length": Buffer.byteLength(answer.text),
  });
  response.end(answer.text);
}

/** Sends what a fault makes of an answer; says which status the client saw, null when it saw none. */
export function sendFaulty(response: ServerResponse, answer: Answer, fault: InjectedFault): number | null {
  switch (fault.kind) {
    case "status":
      sendAnswer(response, answer);
      return answer.status;
    case "html":
      sendAnswer(response, { status: 200, headers: { "content-type": "text/html" }, text: PAGE });
      return 200;
    case "bad-json":
      sendAnswer(response, { ...answer, text: `${answer.text.slice(0, -1)},]` });
      return answer.status;
    case "truncate":
      sendHalf(response, answer);
      return answer.status;
    case "reset":
    case "lost-answer":
      response.socket?.resetAndDestroy();
      return null;
    case "hang":
      return null;
  }
}

/** Promises the whole body and closes the connection in the middle of it. */
function sendHalf(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.text);
  response.writeHead(answer.status, { ...answer.headers, "content-length": bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroySoon());
}
