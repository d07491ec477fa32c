import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { LIBRARY } from "./consumer.js";

const FENCED = /^( *)```(\S+)(?: (\S+))?\n([^]*?)^ *```$/gm;
const { devDependencies } = JSON.parse(readFileSync(join(LIBRARY, "package.json"), "utf8"));

/** What npm is told beside the commands of a document: to be quiet, and to run nothing and ask nobody without need. */
const NPM = { audit: false, fund: false, ignore_scripts: true, loglevel: "error", prefer_offline: true };
const ENV = Object.fromEntries(Object.entries(NPM).map(([option, value]) => [`npm_config_${option}`, String(value)]));

/** Programs of documents print their first line in seconds. */
const PATIENCE_MS = 60_000;

/** A fenced block of a document; `name` stands behind the language. */
export interface Block {
  readonly language: string;
  readonly name: string | undefined;
  readonly text: string;
}

/** Returns the fenced blocks of a document of this project. */
export function blocksOf(file: string): Block[] {
  return [...readFileSync(file, "utf8").matchAll(FENCED)].map(([, indent, language, name, text]) => ({
    language: language!,
    name,
    text: text!.replace(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** A project of somebody who does what a document says, in a folder of its own. */
export class Project {
  readonly folder: string;
  readonly #started: Running[] = [];

  /** @param name of the folder below target/js-test, which is emptied */
  constructor(name: string) {
    this.folder = resolve("target/js-test", name);
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    this.write("package.json", JSON.stringify({ name, private: true }));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs commands in the shell; packages that the library is built with have the same version here. Returns the output. */
  run(commands: string, env: NodeJS.ProcessEnv = {}, cwd = this.folder): string {
    const pinned = commands.replace(/^npm install .*$/gm, (line) =>
      line.replace(/(?<= )[@a-z][^ ]*/g, (name) => (name in devDependencies ? `${name}@${devDependencies[name]}` : name)),
    );
    return execFileSync("bash", ["-euo", "pipefail", "-c", pinned], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, ...ENV, ...env },
    });
  }

  /** Starts a command. */
  start(command: string): Running {
    // The shell becomes the program.
    const assignments = /^([A-Z_]+=\S+ )*/.exec(command)![0];
    const shell = ["-c", `${assignments}exec ${command.slice(assignments.length)}`];
    const running = new Running(spawn("bash", shell, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] }));
    this.#started.push(running);
    return running;
  }

  /** Ends what still runs. */
  stop(): void {
    this.#started.forEach((running) => running.interrupt());
  }
}

/** A program that runs. */
export class Running {
  /** The status that it ends with. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  readonly #output: AsyncIterator<string>;
  #errors = "";

  constructor(process: ChildProcess) {
    this.#process = process;
    this.ended = once(process, "close").then(([status]) => status as number | null);
    this.#output = createInterface({ input: process.stdout! })[Symbol.asyncIterator]();
    process.stderr!.setEncoding("utf8").on("data", (text: string) => (this.#errors += text));
  }

  /** Returns the next line that it prints; what prints none for a minute is ended. */
  async line(): Promise<string> {
    const mute = setTimeout(() => this.#process.kill("SIGKILL"), PATIENCE_MS);
    const { value, done } = await this.#output.next();
    clearTimeout(mute);
    if (done === true) {
      throw new Error(`it prints nothing more, and has ended with ${await this.ended}: ${this.#errors}`);
    }
    return value;
  }

  /** What it has said to standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** Ends it, as somebody does who presses Ctrl-C. */
  interrupt(): void {
    this.#process.kill("SIGINT");
  }
}
