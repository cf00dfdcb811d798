export function commentPage(
  markdown: string,
  window: { readonly theme: "light" | "dark"; readonly width: number },
): string;
