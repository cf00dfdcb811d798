import { UsageError } from "../domain/errors.ts";
import { descriptorOf } from "../files/descriptor.ts";
import { holdsCampaign } from "../files/own-file.ts";
import { checkWritable, followLinks, isSameFile } from "../files/write-file.ts";

/** A flag, and the file that it names; null when it was not given. */
type FileFlag = readonly [flag: string, file: string | null];

/**
 * Checks, before anything is sent, that each result can be written, and to a file of its own: never over a file that
 * this run reads, nor over YAML, which is somebody's work. `--out campaigns/*.yaml` is what a shell makes of a slip.
 *
 * @throws UsageError when one cannot.
 */
export function checkResultFiles(results: readonly FileFlag[], inputs: readonly FileFlag[]): void {
  const taken = given(inputs);
  for (const [flag, file] of given(results)) {
    // What a shell has opened is the shell's to answer for.
    const names = descriptorOf(file) === null ? [file, followLinks(file)] : [];
    if (names.some((name) => /\.ya?ml$/i.test(name))) {
      throw new UsageError(
        `${flag} ${file}: the result is JSON, and this is a YAML file. Nothing was sent.`,
        "Name it .json.",
      );
    }
    if (names.some(holdsCampaign)) {
      throw new UsageError(
        `${flag} ${file}: this file declares a campaign. Nothing was sent.`,
        "Name another.",
      );
    }
    checkWritable(file, flag);
    const other = taken.find(([, earlier]) => isSameFile(earlier, file));
    if (other !== undefined) {
      throw new UsageError(
        `${flag} and ${other[0]} name the same file, ${file}. Nothing was sent.`,
        "Give each a file of its own.",
      );
    }
    taken.push([flag, file]);
  }
}

function given(flags: readonly FileFlag[]): [flag: string, file: string][] {
  return flags.flatMap(([flag, file]) => (file === null ? [] : [[flag, file]]));
}
