import picocolors from "picocolors";

/** How to set text off. Emphasis only: what it says must also be said in words or signs. */
export type Style = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly magenta: (text: string) => string;
  readonly cyan: (text: string) => string;
};

const asIs = (text: string): string => text;

/** No colour codes at all: for pipes, files and `NO_COLOR`. */
export const plainStyle: Style = {
  bold: asIs,
  dim: asIs,
  red: asIs,
  yellow: asIs,
  magenta: asIs,
  cyan: asIs,
};

/** Colour codes for a terminal, whatever the environment says: the caller has decided. */
export const colourStyle: Style = picocolors.createColors(true);
