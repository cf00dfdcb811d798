import type { Call } from "./answer.ts";

/** One page of a list, and the header that names its neighbours. */
export type Page<Item> = { readonly items: readonly Item[]; readonly headers: Record<string, string> };

/** Cuts the page that a call asks for: 30 entries unless told, 100 at most (GitHub's "Using pagination"). */
export function pageOf<Item>(all: readonly Item[], call: Call): Page<Item> {
  const size = Math.min(100, positive(call.query.get("per_page")) ?? 30);
  const page = positive(call.query.get("page")) ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    return `<${call.url}?${query}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(", ") },
  };
}

function positive(text: string | null): number | null {
  const number = Number(text ?? "");
  return Number.isInteger(number) && number > 0 ? number : null;
}

/** How two entries compare by a time; GitHub knows whole seconds only. */
export function byTime<Item>(
  timeOf: (item: Item) => number,
  idOf: (item: Item) => number,
  direction: "asc" | "desc",
): (a: Item, b: Item) => number {
  const sign = direction === "asc" ? 1 : -1;
  const seconds = (item: Item) => Math.floor(timeOf(item) / 1000);
  return (a, b) => sign * (seconds(a) - seconds(b) || idOf(a) - idOf(b));
}

/** Whether something was updated at or after the call's `since`; true without one. */
export function isSince(call: Call, updatedAt: number): boolean {
  const since = Date.parse(call.query.get("since") ?? "");
  return Number.isNaN(since) || Math.floor(updatedAt / 1000) * 1000 >= since;
}
