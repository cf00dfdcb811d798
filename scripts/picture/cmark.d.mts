export function renderGitHubMarkdown(markdown: string): string;
