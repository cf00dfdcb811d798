import { UsageError } from "../domain/errors.ts";
import { isHeaderToken } from "../text/header-token.ts";
import type { Credentials } from "./connection.ts";

/**
 * Checks that credentials can be sent as they are. What fails is nearly always a line end that a file brought along, or
 * quotes that were meant for a shell; the API could only say that the client is wrong.
 *
 * @throws UsageError that names the variable and what is wrong with its value, and never shows the value.
 */
export function checkCredentials(credentials: Credentials): void {
  if (credentials.kind === "token") {
    checkToken(credentials.token);
    return;
  }
  checkOauthValue("EXPERITURE_CLIENT_ID", credentials.clientId);
  checkOauthValue("EXPERITURE_CLIENT_SECRET", credentials.clientSecret);
  checkOauthValue("EXPERITURE_SCOPE", credentials.scope ?? "");
  checkOauthValue("EXPERITURE_AUDIENCE", credentials.audience ?? "");
}

function checkToken(token: string): void {
  const hint = "Set it to the bare token, without quotes, spaces or the word Bearer.";
  if (!isHeaderToken(token)) {
    throw new UsageError(
      "EXPERITURE_TOKEN has a character that a token cannot have, such as a space or a line end.",
      hint,
    );
  }
  if (isQuoted(token)) throw new UsageError("EXPERITURE_TOKEN is in quotes, which would be sent too.", hint);
}

/** Visible ASCII and blanks alone, as RFC 6749, appendix A, has it. */
function checkOauthValue(name: string, value: string): void {
  if (/[\r\n]/.test(value)) {
    throw new UsageError(
      `${name} has a line end in it, which would be sent too.`,
      "Set it without the line end. A file, or echo, often adds one.",
    );
  }
  if (!/^[\x20-\x7e]*$/.test(value)) {
    throw new UsageError(
      `${name} has a character that OAuth does not allow: only visible ASCII characters and blanks.`,
      "Copy it again, without tabs and characters that cannot be seen.",
    );
  }
  if (isQuoted(value)) {
    throw new UsageError(
      `${name} is in quotes, which would be sent too.`,
      "Set it without the quotes. A shell drops them; a list of variables in a file may keep them.",
    );
  }
}

function isQuoted(text: string): boolean {
  return /^(["']).*\1$/.test(text);
}
