import type { FakeGitHub } from "../fake-github/server.ts";

/** Does something once, at the very moment at which the token is about to do an operation. */
export function justBefore({ world }: Pick<FakeGitHub, "world">, operation: string, act: () => void): void {
  const { forbidden } = world;
  const has = forbidden.has.bind(forbidden);
  let isDone = false;
  forbidden.has = (asked) => {
    if (asked === operation && !isDone) {
      isDone = true;
      act();
    }
    return has(asked);
  };
}
