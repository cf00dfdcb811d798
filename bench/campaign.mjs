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
export function yamlOf({ campaignId, name, include, exclude }) {
  const entry = ({ audienceId, type }) => `  - { audienceId: ${audienceId}, type: ${type} }\n`;
  return (
    "# yaml-language-server: $schema=../schemas/campaign.schema.json\n" +
    `campaignId: ${campaignId}\nname: ${name}\nowner: crm\nlabels: { region: us }\n` +
    `include:\n${include.map(entry).join("")}exclude:\n${exclude.map(entry).join("")}`
  );
}
