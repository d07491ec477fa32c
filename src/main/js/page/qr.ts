// Loaded when somebody first makes an invite, and for that a bundle of its own: it takes nothing from the page.
import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";

/** The quiet zone that ISO/IEC 18004 wants around the code. */
const QUIET = 4;

/** Draws a text as a QR code, dark on light in any theme: that is what cameras read. */
export function qrCode(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { ecc: "L", border: 0 });
  const whole = size + 2 * QUIET;
  const svg = makeSvg("svg", {
    viewBox: `0 0 ${whole} ${whole}`,
    role: "img",
    "aria-label": label,
    "shape-rendering": "crispEdges",
  });
  svg.append(
    makeSvg("rect", { width: `${whole}`, height: `${whole}`, fill: "#fff" }),
    makeSvg("path", { fill: "#000", d: darkRuns(data) }),
  );
  return svg;
}

function darkRuns(rows: boolean[][]): string {
  const path: string[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      const start = x;
      while (row[x]) {
        x++;
      }
      if (x > start) {
        path.push(`M${start + QUIET} ${y + QUIET}h${x - start}v1h${start - x}z`);
      }
    }
  });
  return path.join("");
}

function makeSvg(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}
