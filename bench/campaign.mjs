// The campaigns of every measure: campaign number `index` is the same in the files, in the mock and in the floor client.
import { createHash } from "node:crypto";

/** A UUID that is the same for the same name on every machine. */
function uuidOf(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

function audiences(index, list, count) {
  return Array.from({ length: count }, (_, entry) => ({
    audienceId: uuidOf(`${list} ${index % 97} ${entry}`),
    type: entry % 2 === 0 ? "segment" : "audience",
  }));
}

/** One campaign with 6 included and 3 excluded audiences. */
export function campaignAt(index) {
  return {
    campaignId: uuidOf(`campaign ${index}`),
    name: `Campaign ${String(index).padStart(5, "0")} of the spring re-engagement series`,
    include: audiences(index, "include", 6),
    exclude: audiences(index, "exclude", 3),
  };
}

/** The campaign as its author would write it: about 950 bytes of YAML. */
export function yamlOf(campaign) {
  return fileOf(campaign, ({ audienceId, type }) => `  - { audienceId: ${audienceId}, type: ${type} }\n`);
}

/** The same campaign by the names of {@link catalogueOf}. */
export function namedYamlOf(campaign) {
  return fileOf(campaign, (audience) => `  - ${nameOf(audience)}\n`);
}

/** A catalogue of so many audiences, those of the campaigns among them, each with owner and description. */
export function catalogueOf(campaigns, count) {
  const used = campaigns.flatMap(({ include, exclude }) => [...include, ...exclude]);
  const byId = new Map(used.map((audience) => [audience.audienceId, audience]));
  for (let n = byId.size; n < count; n += 1) {
    const audienceId = uuidOf(`more ${n}`);
    byId.set(audienceId, { audienceId, type: "segment" });
  }
  const entries = [...byId.values()].map(
    (audience) =>
      `  ${nameOf(audience)}:\n    audienceId: ${audience.audienceId}\n    type: ${audience.type}\n` +
      `    description: People of the spring re-engagement series, counted anew each night.\n    owner: crm\n`,
  );
  return `audiences:\n${entries.join("")}groups:\n  everybody: [${nameOf(used[0])}, ${nameOf(used[1])}]\n`;
}

function nameOf({ audienceId, type }) {
  return `${type}-of-spring-${audienceId.slice(0, 13)}`;
}

function fileOf({ campaignId, name, include, exclude }, entry) {
  return (
    "# yaml-language-server: $schema=../schemas/campaign.schema.json\n" +
    `campaignId: ${campaignId}\nname: ${name}\nowner: crm\nlabels: { region: us }\n` +
    `include:\n${include.map(entry).join("")}exclude:\n${exclude.map(entry).join("")}`
  );
}
