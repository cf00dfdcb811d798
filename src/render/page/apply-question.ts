import type { Plan, Update } from "../../domain/model.ts";
import { updatesOf } from "../../plan/updates.ts";
import { countText, quantity } from "../../text/figures.ts";
import { shownName } from "./facts.ts";
import { firstNames } from "./same-reason.ts";

/**
 * What a person is asked before a plan is carried out: what matters of it, and where it goes. Names those who can reach
 * more people. Ends with a blank, for the answer. Nothing is escaped yet.
 *
 * @param beatenUrl the address that another one takes the place of, which may be a mistake; null where there is none.
 */
export function applyQuestion(plan: Plan, beatenUrl: string | null): string {
  const { environment, apiUrl, changes } = plan;
  const updates = updatesOf(changes);
  const instead = beatenUrl === null ? "" : `, by EXPERITURE_API_URL, and not ${beatenUrl}`;
  const where = [...(environment === null ? [] : [`environment ${environment}`]), `API ${apiUrl}${instead}`];
  const place = where.join(", ");
  return `${quantity(updates.length, "campaign")}: ${whoIsReached(updates)}. ${place.slice(0, 1).toUpperCase()}${place.slice(1)}. Type yes to apply: `;
}

function whoIsReached(updates: readonly Update[]): string {
  const of = (direction: Update["direction"]) => updates.filter((update) => update.direction === direction);
  const [widens, mixed, narrows] = [of("widens"), of("mixed"), of("narrows")];
  const isFirst = widens.length + mixed.length === 0;
  return [
    ...(widens.length === 0
      ? []
      : [`${countText(widens.length)} can reach MORE people (${namesOf(widens)})`]),
    ...(mixed.length === 0 ? [] : [`${countText(mixed.length)} can go either way (${namesOf(mixed)})`]),
    ...(narrows.length === 0
      ? []
      : [`${countText(narrows.length)} ${isFirst ? "can reach fewer people" : "fewer"}`]),
  ].join(", ");
}

function namesOf(updates: readonly Update[]): string {
  return firstNames(updates, ({ name }) => shownName(name));
}
