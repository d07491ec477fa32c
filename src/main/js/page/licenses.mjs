// The licences of what other people have written and the page is bundled with.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A file of a package: the package's folder, and its name. */
export const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;
const LICENSE = /^licen[cs]e(\.(md|txt))?$/i;
/** What stands in a file that its package has from elsewhere. */
const NOTICE = /^[\s/*!]*(\S+ - .+ License \(c\) .+?)[\s*/]*$/gm;
const INTRODUCTION = `The page of Rësolute is under the Apache License 2.0.
This is what it has in it of other people, each with its licence.
`;

/**
 * Returns all licences as one text, the same for the same packages.
 *
 * @param inputs the files that were bundled, by their paths from `folder`
 * @throws if a package has no licence
 */
export function licensesOf(folder, inputs) {
  const packages = new Map();
  for (const input of inputs) {
    const [, place, name] = PACKAGE.exec(input) ?? [];
    if (name !== undefined) {
      const notices = packages.get(name)?.notices ?? new Set();
      for (const [, notice] of readFileSync(join(folder, input), "utf8").matchAll(NOTICE)) {
        notices.add(notice);
      }
      packages.set(name, { place: join(folder, place), notices });
    }
  }
  const names = [...packages.keys()].sort();
  return [INTRODUCTION, ...names.map((name) => section(name, packages.get(name)))].join("\n");
}

function section(name, { place, notices }) {
  const { version } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const files = readdirSync(place).filter((file) => LICENSE.test(file));
  if (files.length !== 1) {
    throw new Error(`${name} is bundled with the page, and ${files.length} files are its licence`);
  }
  const text = readFileSync(join(place, files[0]), "utf8").replaceAll("\r\n", "\n").trim();
  const title = `${name} ${version}`;
  const parts = [...notices].sort().map((notice) => `With parts of ${notice}\n`);
  return `${title}\n${"=".repeat(title.length)}\n${parts.join("")}\n${text}\n`;
}
