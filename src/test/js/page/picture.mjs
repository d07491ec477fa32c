// Draws docs/page.png, for the README.
import { join } from "node:path";
import { PHONE, startBrowser } from "./browser.mjs";
import { root } from "./packages.mjs";
import { servePage } from "./served.mjs";

const server = await servePage();
const browser = await startBrowser();
try {
  const ana = await browser.visitor({ viewport: { width: 1000, height: 600 } });
  await ana.create(server.url, "Ana", "Friday dinner");
  const [maren, tomas] = [await browser.visitor(PHONE), await browser.visitor(PHONE)];
  await maren.join(await ana.invite(), "Maren");
  await ana.seesPresence("2 people");
  await maren.say("Hi! Is the table for eight still on?");
  await maren.say("I can bring dessert.");
  await ana.sees("dessert");
  await tomas.join(await ana.invite(), "Tomás");
  await ana.seesPresence("3 people");
  await tomas.say("I come by train, and am there at half past seven.");
  await ana.sees("train");
  await ana.say("Yes, eight. Dessert would be lovely.");
  await ana.say("See you tonight.");
  await ana.page.locator(".message.sent").nth(1).waitFor();
  await ana.page.locator("#text").blur();
  await ana.page.screenshot({ path: join(root, "docs/page.png") });
  await browser.leave();
} finally {
  await browser.close();
  await server.stop();
}
