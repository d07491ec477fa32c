package io.resolute.client.e2ee;

import java.util.Optional;

/**
 * What a member publishes as its public key: a PEM block with its bundle and one with the tag that
 * admits it. In front there may be one with an RSA key, for old peers. There is one spelling of
 * each: lines of 64 characters, each ended by a line feed, and nothing between the blocks.
 */
final class PublishedKey {
  private static final String BUNDLE = "RESOLUTE PUBLIC KEY";
  private static final String ADMISSION = "RESOLUTE ADMISSION";
  private static final String BUNDLE_BEGINS = PemBlock.begin(BUNDLE);
  private static final int BUNDLE_BLOCK = PemBlock.encode(BUNDLE, new byte[Bundle.BYTES]).length();
  private static final int LENGTH =
      BUNDLE_BLOCK + PemBlock.encode(ADMISSION, new byte[Admission.BYTES]).length();
  // An RSA block of the only size that there is has some 450 characters.
  private static final int MAX_RSA_BLOCK = 1024;

  private final byte[] bundle;
  private final byte[] admission;

  private PublishedKey(byte[] bundle, byte[] admission) {
    this.bundle = bundle;
    this.admission = admission;
  }

  /** Returns the text of both blocks. */
  static String toPem(byte[] bundle, byte[] admission) {
    return PemBlock.encode(BUNDLE, bundle) + PemBlock.encode(ADMISSION, admission);
  }

  /** Returns whether {@code pem} claims to hold such a key. */
  static boolean isClaimedBy(String pem) {
    return pem.contains(BUNDLE_BEGINS.strip());
  }

  /**
   * Reads {@code pem}; nothing if it is not spelled as it must be. What is in it is not checked.
   */
  static Optional<PublishedKey> parse(String pem) {
    int start = pem.indexOf(BUNDLE_BEGINS);
    if (start < 0 || start > MAX_RSA_BLOCK || pem.length() != start + LENGTH) {
      return Optional.empty();
    }
    String rsaBlock = pem.substring(0, start);
    if (!rsaBlock.isEmpty() && !isRsaBlock(rsaBlock)) {
      return Optional.empty();
    }
    int middle = start + BUNDLE_BLOCK;
    return decode(BUNDLE, Bundle.BYTES, pem.substring(start, middle))
        .flatMap(
            bundle ->
                decode(ADMISSION, Admission.BYTES, pem.substring(middle))
                    .map(tag -> new PublishedKey(bundle, tag)));
  }

  byte[] bundle() {
    return bundle.clone();
  }

  byte[] admission() {
    return admission.clone();
  }

  private static boolean isRsaBlock(String text) {
    return RsaPublicKey.fromPem(text).map(RsaPublicKey::toPem).filter(text::equals).isPresent();
  }

  private static Optional<byte[]> decode(String type, int length, String block) {
    int from = PemBlock.begin(type).length();
    int to = block.length() - PemBlock.end(type).length();
    return StrictBase64.decode(block.substring(from, to).replace("\n", ""), length)
        .filter(content -> PemBlock.encode(type, content).equals(block));
  }

  @Override
  public String toString() {
    return "PublishedKey[hidden]";
  }
}
