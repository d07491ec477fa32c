/** The parts of a URI (RFC 3986), each as it stands there; undefined where the part is not there at all. */
export interface LinkParts {
  readonly scheme: string;
  readonly user: string | undefined;
  /** Undefined also if what stands there is no host. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

// What may stand in a URI; beyond ASCII everything but spaces and control characters.
const LEGAL = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2}|[^\x00-\x9f\s])*$/u;
const URI = /^([A-Za-z][A-Za-z0-9+.-]*):([^?#]+)(?:\?([^#]*))?(?:#([^#]*))?$/u;
const AUTHORITY = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/u;
const MAX_INT = 2 ** 31 - 1;

const BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const NAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?$/;
const IPV6 = /^\[[0-9A-Fa-f:.]+\]$/;

/** Takes a link apart; undefined if it is no absolute URI. Unlike the platform's `URL` it changes and forgives nothing. */
export function splitLink(link: string): LinkParts | undefined {
  const parts = LEGAL.test(link) ? URI.exec(link) : null;
  if (parts === null) {
    return undefined;
  }
  const [, scheme = "", rest = "", query, fragment] = parts;
  const authority = /^\/\/([^/]*)(.*)$/su.exec(rest);
  const [, user, host, digits] = AUTHORITY.exec(authority?.[1] ?? "") ?? [];
  const port = digits === undefined || digits === "" ? undefined : Number(digits);
  const isHostThere = host !== undefined && isHost(host) && (port === undefined || port <= MAX_INT);
  return {
    scheme,
    user,
    host: isHostThere ? host : undefined,
    port,
    path: authority?.[2] ?? rest,
    query,
    fragment,
  };
}

/** Returns whether `text` is a name of letters, digits, hyphens and points, an IPv4 address, or an IPv6 one in brackets. */
export function isHost(text: string): boolean {
  if (IPV4.test(text)) {
    return true;
  }
  if (IPV6.test(text)) {
    return URL.canParse === undefined ? true : URL.canParse(`https://${text}/`);
  }
  if (!NAME.test(text)) {
    return false;
  }
  // The last of several labels begins with a letter: otherwise it would be an address cut short.
  const labels = text.replace(/\.$/, "").split(".");
  return labels.length === 1 || /^[A-Za-z]/.test(labels[labels.length - 1]!);
}
