/** The shells that there are scripts for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** The word by which a script asks the program what comes next. It is no command: nothing else names it. */
export const ASK = "__complete";
