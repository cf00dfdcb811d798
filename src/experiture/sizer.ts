import type { AudienceSizer } from "../domain/ports.ts";
import type { Perform } from "./perform.ts";
import { decodeSize, encodePreview, siftPreview } from "./wire/wire-size.ts";

/** Counts audiences by `POST /audiences/:id/preview`, on a lane of its own: a refused preview must not stop a read. */
export function createSizer(perform: Perform<"size">): AudienceSizer {
  return {
    async sizeAudience(previewId, signal) {
      const accepted = await perform({
        method: "POST",
        path: `/audiences/${pathPart(previewId)}/preview`,
        body: encodePreview(),
        scope: "cdp:audiences:preview",
        repeat: "safe",
        lane: "size",
        rank: "size",
        by: null,
        guard: null,
        signal,
        sift: siftPreview,
      });
      return decodeSize(accepted.body, accepted);
    },
  };
}

/** In a URL one or two dots are a way through folders, however they are written: another address would be asked. */
function pathPart(id: string): string {
  return /^\.{1,2}$/.test(id) ? `${id}-` : encodeURIComponent(id);
}
