import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let identity;

/** Returns a certificate for localhost that nobody has signed, and its key, made with what every JDK has; always the same. */
export function certificate() {
  return (identity ??= make());
}

function make() {
  const folder = mkdtempSync(join(tmpdir(), "resolute-test-"));
  const file = join(folder, "localhost.p12");
  const passphrase = "local-local";
  const subject = ["-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2"];
  const key = ["-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-groupname", "secp256r1"];
  const store = ["-storetype", "PKCS12", "-keystore", file, "-storepass", passphrase];
  try {
    execFileSync("keytool", [...key, ...subject, ...store], { stdio: "ignore" });
    return { pfx: readFileSync(file), passphrase };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
