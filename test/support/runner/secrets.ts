import { inflateRawSync } from "node:zlib";

/** Where a secret was found, and in which form. */
export type Leak = { readonly place: string; readonly form: string };

type Form = { readonly name: string; readonly text: string };

/** The forms that a secret is found in: itself, escaped for URLs and JSON, hexadecimal, and inside of any base64. */
function formsOf(secret: string): readonly Form[] {
  const forms = [
    { name: "itself", text: secret },
    { name: "URL-encoded", text: encodeURIComponent(secret) },
    { name: "in JSON", text: JSON.stringify(secret).slice(1, -1) },
    { name: "hexadecimal", text: Buffer.from(secret).toString("hex") },
    ...[0, 1, 2].flatMap((shift) => base64Forms(secret, shift)),
  ];
  return forms.filter(({ text }) => text.length >= 6);
}

/** Base64 of a longer text shows the same middle wherever the secret begins; its ends mix with the neighbours. */
function base64Forms(secret: string, shift: number): readonly Form[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = Math.floor(bytes.length / 3) * 4;
  const from = shift === 0 ? 0 : 4;
  return (["base64", "base64url"] as const).map((name) => ({
    name,
    text: bytes.toString(name).slice(from, whole),
  }));
}

/** The text, and what is compressed in the hidden header of a comment of ours. */
function readings(text: string): readonly string[] {
  const headers = [...text.matchAll(/<!-- campaignctl:plan \S+ ([\w-]+) -->/g)];
  const inside = headers.map(([, data = ""]) => {
    try {
      return inflateRawSync(Buffer.from(data, "base64url")).toString("utf8");
    } catch {
      // Planted by somebody else: it holds nothing that the Action has written.
      return "";
    }
  });
  return [text, ...inside];
}

/** Every place that shows a secret in some form. Secrets of fewer than six characters would be found by chance. */
export function findLeaks(
  places: readonly (readonly [place: string, text: string])[],
  secrets: readonly string[],
): readonly Leak[] {
  const short = secrets.find((secret) => secret.length < 6);
  if (short !== undefined) throw new Error(`"${short}" is too short to be searched for.`);
  const forms = secrets.flatMap(formsOf);
  return places.flatMap(([place, text]) => {
    const texts = readings(text);
    return forms
      .filter((form) => texts.some((reading) => reading.includes(form.text)))
      .map(({ name }) => ({ place, form: name }));
  });
}
