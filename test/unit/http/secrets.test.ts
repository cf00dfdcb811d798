import { describe, expect, it } from "vitest";
import { createSecrets } from "../../../src/http/secrets.ts";

describe("secrets", () => {
  it("are taken out in every form a server may echo them in", () => {
    const secrets = createSecrets(["abc/def+ghi=12"]);
    secrets.add("Later Token 99");
    const echo =
      "a abc/def+ghi=12 b abc%2Fdef%2Bghi%3D12 c abc\\/def+ghi=12 d Later Token 99 e Later+Token+99 f Later%20Token%2099";
    expect(secrets.redact(echo)).toBe("a [secret] b [secret] c [secret] d [secret] e [secret] f [secret]");
  });

  it("leave ordinary words alone", () => {
    const secrets = createSecrets(["draft", ""]);
    expect(secrets.redact('{"authoringStatus":"draft"}')).toBe('{"authoringStatus":"draft"}');
  });
});
