export function rollTypes(entry: string): string;
