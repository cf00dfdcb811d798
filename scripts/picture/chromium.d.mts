/** A piece of text on a page, with its box in CSS pixels. */
export type SeenText = {
  readonly text: string;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
};

/** Where things are: the height of the page, the text that is seen, and the boxes whose content is wider than they are. */
export type Measured = {
  readonly height: number;
  readonly texts: readonly SeenText[];
  readonly cut: readonly string[];
};

export function measure(
  pages: readonly { readonly html: string; readonly width: number }[],
): readonly Measured[];
export function photograph(html: string, width: number, file: string): void;
