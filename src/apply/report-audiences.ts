import type { KnownAudiences } from "../domain/declared.ts";
import type { ApplyResult, AudienceFacts, Campaign, Plan } from "../domain/model.ts";
import { audienceFacts } from "../plan/audience-facts.ts";

/** Where facts on audiences come from: the plan; for what was met later, live campaigns and the catalogue, where there is one. */
export type KnownFacts = {
  readonly planned: Plan["audiences"];
  readonly met: Iterable<Campaign>;
  readonly known: KnownAudiences | null;
};

/** What is known of each audience that occurs in results, by its id. What the plan says of one counts. */
export function reportAudiences(
  results: readonly Pick<ApplyResult, "before" | "after" | "live">[],
  { planned, met, known }: KnownFacts,
): Readonly<Record<string, AudienceFacts>> {
  const bindings = results.flatMap(({ before, after, live }) => [
    { before, after },
    ...(live === null ? [] : [{ before: null, after: live }]),
  ]);
  return Object.fromEntries(
    Object.entries(audienceFacts(bindings, met, known)).map(([id, facts]) => [id, planned[id] ?? facts]),
  );
}
