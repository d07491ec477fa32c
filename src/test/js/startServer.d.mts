/** A server that listens. */
export interface StartedServer {
  readonly port: number;
  /** The SHA-256 fingerprint of its certificate, as it prints it. */
  readonly fingerprint: string;
  /** Ends it, by SIGKILL unless another signal is given, and waits until it has ended. Again, it does nothing. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/**
 * Starts the server as people run it, on a free port of the loopback, and waits until it listens. From the root of the
 * project.
 *
 * @param config more of its configuration
 * @returns rejected with what to do if it ends or says nothing in time; it does not run any more then
 */
export function startServer(
  config?: object,
  options?: {
    readonly jvmOptions?: readonly string[];
    /** How long it may take. */
    readonly patienceMs?: number;
    /** What is run in its stead, and with what. */
    readonly command?: readonly string[];
  },
): Promise<StartedServer>;
