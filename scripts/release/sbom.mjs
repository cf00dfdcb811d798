/**
 * What is in the program, as npm tells it of the whole checkout: of the packages there, those that are built in.
 *
 * @param sbom what `npm sbom --sbom-format cyclonedx` says.
 * @param licenses what the build wrote of the packages in it.
 */
export function sbomOfProgram(sbom, licenses) {
  const isIn = new Set([...licenses.matchAll(/^## (\S+) \(/gm)].map(([, ref]) => ref));
  const components = sbom.components
    .filter((component) => isIn.has(component["bom-ref"]))
    .map((component) => ({ ...component, scope: "required", properties: [] }));
  const missing = [...isIn].filter((ref) => !components.some((component) => component["bom-ref"] === ref));
  if (missing.length > 0) throw new Error(`npm does not know ${missing.join(", ")}: run npm ci, then build.`);
  const [own] = sbom.dependencies.filter(({ ref }) => ref === sbom.metadata.component["bom-ref"]);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => isIn.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => isIn.has(other)) }));
  return { ...sbom, components, dependencies: [{ ...own, dependsOn: [...isIn] }, ...dependencies] };
}
