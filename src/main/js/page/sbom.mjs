// What the page is made of, as a software bill of materials (CycloneDX 1.6, ECMA-424).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE } from "./licenses.mjs";

/**
 * Returns the packages that were bundled, with the digests that the lock file holds them to; the same for the same
 * packages.
 *
 * @param inputs the files that were bundled, by their paths from `folder`
 */
export function billOf(folder, inputs) {
  const names = new Set(inputs.map((input) => PACKAGE.exec(input)?.[2]).filter((name) => name !== undefined));
  const { packages } = JSON.parse(readFileSync(join(folder, "../package-lock.json"), "utf8"));
  const components = [...names].sort().map((name) => component(name, packages[`node_modules/${name}`]));
  return `${JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, components }, null, 2)}\n`;
}

function component(name, { version, license, integrity }) {
  const [algorithm, digest] = integrity.split("-");
  return {
    type: "library",
    "bom-ref": `pkg:npm/${name.replace("@", "%40")}@${version}`,
    name,
    version,
    hashes: [{ alg: algorithm.replace("sha", "SHA-"), content: Buffer.from(digest, "base64").toString("hex") }],
    licenses: [{ license: { id: license } }],
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
  };
}
