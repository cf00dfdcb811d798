export function releaseNotes(changelog: string, version: string, repository: string): string;
