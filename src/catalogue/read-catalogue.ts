import type { Diagnostic } from "../domain/model.ts";
import type { SourceFile, Span } from "../domain/source-file.ts";
import { checkShape } from "../yaml/check-shape.ts";
import { decodeText } from "../yaml/decode-text.ts";
import { keySpan, valueSpan } from "../yaml/locate.ts";
import { readDocument, type YamlDocument } from "../yaml/yaml-document.ts";
import type { Catalogue, CatalogueAudience, CatalogueGroup } from "./catalogue.ts";
import { CATALOGUE_SHAPE } from "./catalogue-shape.ts";
import { checkNames } from "./check-names.ts";
import { heldSecrets } from "./held-secrets.ts";
import { readPlainCatalogue } from "./plain-catalogue.ts";

/** A catalogue, or every mistake in its file. Warnings may stand beside a catalogue. */
export type CatalogueFile = {
  readonly catalogue: Catalogue | null;
  readonly diagnostics: readonly Diagnostic[];
};

type Content = {
  readonly audiences?: Readonly<Record<string, AudienceContent>>;
  readonly groups?: Readonly<Record<string, readonly string[]>>;
};

type AudienceContent = Pick<CatalogueAudience, "type"> & {
  readonly audienceId: string | Readonly<Record<string, string>>;
  readonly description?: string;
  readonly owner?: string;
  readonly previewId?: string;
};

/** Reads `audiences.yaml` and tells every mistake in it, as strictly as in a campaign file. */
export function readCatalogue(source: SourceFile): CatalogueFile {
  const text = decodeText(source);
  const plain = "lineStarts" in text ? readPlainCatalogue(text) : null;
  return plain === null ? readYamlCatalogue(source) : checked(plain);
}

/** Reads a catalogue by way of a YAML document, whatever is in it. */
export function readYamlCatalogue(source: SourceFile): CatalogueFile {
  const document = readDocument(source);
  const diagnostics = [...document.diagnostics, ...checkShape(document, CATALOGUE_SHAPE)];
  if (diagnostics.length > 0) return { catalogue: null, diagnostics };
  return checked(catalogueOf(document));
}

function checked(catalogue: Catalogue): CatalogueFile {
  const secret = heldSecrets(catalogue);
  const found = secret.length > 0 ? secret : checkNames(catalogue);
  const isWrong = found.some(({ severity }) => severity === "error");
  return { catalogue: isWrong ? null : catalogue, diagnostics: found };
}

function catalogueOf({ root, text, value }: YamlDocument): Catalogue {
  const { audiences = {}, groups = {} } = value as Content;
  const audienceOf = ([name, content]: [string, AudienceContent]): [string, CatalogueAudience] => [
    name,
    { ...readAudience(name, content), place: keySpan(root, ["audiences", name]) },
  ];
  const memberOf = (name: string, says: string, index: number) => ({
    says,
    place: valueSpan(root, ["groups", name, String(index)]),
  });
  const groupOf = ([name, members]: [string, readonly string[]]): [string, CatalogueGroup] => [
    name,
    {
      name,
      members: members.map((says, index) => memberOf(name, says, index)),
      place: keySpan(root, ["groups", name]),
    },
  ];
  return {
    text,
    isThere: true,
    audiences: new Map(Object.entries(audiences).map(audienceOf).sort(byPlace)),
    groups: new Map(Object.entries(groups).map(groupOf).sort(byPlace)),
  };
}

type Placed = readonly [name: string, of: { readonly place: Span }];

/** The order of the document: an object has names of digits before all others. */
function byPlace([, { place: a }]: Placed, [, { place: b }]: Placed): number {
  return a[0] - b[0];
}

function readAudience(
  name: string,
  { audienceId, type, description, owner, previewId }: AudienceContent,
): Omit<CatalogueAudience, "place"> {
  const ids =
    typeof audienceId === "string"
      ? audienceId.toLowerCase()
      : new Map(Object.entries(audienceId).map(([environment, id]) => [environment, id.toLowerCase()]));
  return {
    name,
    audienceId: ids,
    type,
    description: description ?? null,
    owner: owner ?? null,
    previewId: previewId ?? null,
  };
}
