import type { Plan, Report } from "../../domain/model.ts";
import { SHOW_ALL } from "../../people/privacy.ts";

/** What is known of audiences when a page is written, and below how many people it shows no count. */
export type AudienceKnowledge = {
  readonly audiences: Plan["audiences"];
  readonly minCount: number;
  /** Whether audiences were counted: what has no size then could not be. */
  readonly sized: boolean;
  /** ISO 8601; empty where it does not matter. */
  readonly now: string;
};

/** What a plan knows, for readers who may see counts from `minCount` on. */
export function knowledgeOf(plan: Plan, minCount: number): AudienceKnowledge {
  const { audiences, sized, createdAt } = plan;
  return { audiences, minCount, sized, now: createdAt };
}

/** What a report knows: of an audience that was met only later no more than a name, if that. */
export function knowledgeIn({ audiences, finishedAt }: Report, minCount: number): AudienceKnowledge {
  return { audiences, minCount, sized: false, now: finishedAt };
}

/** For where nothing is known of audiences but their ids. */
export const NOTHING_KNOWN: AudienceKnowledge = {
  audiences: {},
  minCount: SHOW_ALL,
  sized: false,
  now: "",
};
