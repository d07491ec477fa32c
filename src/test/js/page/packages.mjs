// The packages that the page is built and tried with are those of the library.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../..", import.meta.url));

const require = createRequire(new URL("../../../main/js/package.json", import.meta.url));

export const { chromium } = require("playwright-core");
export const axe = require("axe-core");
export const { build } = require("esbuild");
export const jsQr = require("jsqr");
export const WebSocket = require("ws");
