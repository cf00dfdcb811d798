export function renderGitHubMarkdown(markdown: string): string;
export function renderPages(pages: readonly string[]): readonly string[];
