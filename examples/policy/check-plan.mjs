// Holds the plan on stdin against a JSON Schema: `npm install ajv`, then `… | node check-plan.mjs SCHEMA`.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const plan = JSON.parse(readFileSync(0, "utf8"));
const validate = new Ajv2020({ allErrors: true }).compile(schema);

validate(plan);
const places = (validate.errors ?? []).map(({ instancePath }) => instancePath.split("/")[2]);
for (const place of new Set(places)) {
  process.stdout.write(`${plan.changes?.[place]?.source.file ?? "The plan"} ${schema.title}\n`);
}
process.exitCode = places.length > 0 ? 1 : 0;
