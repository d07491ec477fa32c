package io.resolute.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What testssl.sh says of a server with a self-signed certificate, in its flat JSON, judged. */
final class TlsFindings {
  private static final Set<String> WELL = Set.of("OK", "INFO");
  private static final Set<String> HARMLESS = Set.of("OK", "INFO", "DEBUG", "LOW");

  /** What is known and stays, each with its reason. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "cert_chain_of_trust", "a self-signed certificate has none; clients pin its fingerprint",
          "cert_revocation", "nobody could revoke what the server has made itself for one start");

  /** As above, but no worse than MEDIUM. */
  private static final Map<String, String> KNOWN_MEDIUM =
      Map.of(
          "BREACH",
          "what is compressed is the page, a file that holds no secret and nothing of a request");

  /**
   * What has to be well, and to have been looked at: TLS 1.0 is no more than LOW to the scanner,
   * and one that has ended early has found nothing.
   */
  private static final Set<String> REQUIRED =
      Set.of(
          "SSLv2",
          "SSLv3",
          "TLS1",
          "TLS1_1",
          "TLS1_2",
          "TLS1_3",
          "cipherlist_NULL",
          "cipherlist_aNULL",
          "cipherlist_EXPORT",
          "cipherlist_LOW",
          "cipherlist_3DES_IDEA",
          "cipherlist_AVERAGE",
          "cipherlist_STRONG",
          "heartbleed",
          "ROBOT",
          "secure_renego",
          "secure_client_renego",
          "CRIME_TLS",
          "LUCKY13",
          "scanTime");

  private TlsFindings() {}

  /** Returns what is wrong with the server, or with the scan; nothing if all is well. */
  static List<String> faults(Path json) throws IOException {
    List<String> faults = new ArrayList<>();
    List<String> missing = new ArrayList<>(REQUIRED);
    for (JsonNode finding : new ObjectMapper().readTree(json.toFile())) {
      String id = finding.path("id").asText();
      String severity = finding.path("severity").asText();
      Set<String> right = REQUIRED.contains(id) ? WELL : HARMLESS;
      boolean known =
          KNOWN.containsKey(id) || (severity.equals("MEDIUM") && KNOWN_MEDIUM.containsKey(id));
      if (!right.contains(severity) && !known) {
        faults.add(severity + " " + id + ": " + finding.path("finding").asText());
      }
      missing.remove(id);
    }
    missing.stream().sorted().map(id -> "not looked at: " + id).forEach(faults::add);
    return faults;
  }
}
