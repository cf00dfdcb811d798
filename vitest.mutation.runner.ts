import { type CancelReason, TestRunner } from "vitest";

type File = Parameters<TestRunner["onCollectStart"]>[0];

/** How vitest runs the files of one mutant, in one worker. */
export default class MutationRunner extends TestRunner {
  #failed = false;

  /** What a file's tests hit went out with that file. Kept, it would go out with each later one too, and memory would not do. */
  override onCollectStart(file: File): void {
    const { mutantCoverage } = Reflect.get(globalThis, this.injectValue("globalNamespace")) ?? {};
    if (mutantCoverage !== undefined) Object.assign(mutantCoverage, { static: {}, perTest: {} });
    super.onCollectStart(file);
  }

  override cancel(reason: CancelReason): void {
    this.#failed = true;
    super.cancel(reason);
  }

  /** Loads no further file once a test has failed: the mutant is killed. */
  override importFile(path: string, source: "collect" | "setup"): unknown {
    return this.#failed ? undefined : super.importFile(path, source);
  }
}
