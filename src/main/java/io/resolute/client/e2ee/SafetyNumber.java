package io.resolute.client.e2ee;

import io.resolute.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * Stands for who is in a room. Members who see the same one, in each other's presence or on a line
 * that the server has no part in, have the keys of the same people: SHA-512 over {@link
 * Label#SAFETY_NUMBER}, the room's id, and the hashes of all verified members' bundles in order.
 *
 * @param digits 60: for each of the first twelve groups of five bytes of the digest, big-endian,
 *     its remainder by 100,000 in five digits
 * @param signs seven emoji: for each of the first seven groups of six bits of the digest, the sign
 *     at that place of the table. A quick look, not a proof
 */
public record SafetyNumber(String digits, List<String> signs) {
  private static final int DIGEST_BYTES = 64;
  private static final int GROUPS = 12;
  private static final int GROUP_BYTES = 5;
  private static final int GROUP_VALUES = 100_000;
  private static final int SIGNS = 7;
  private static final int SIGN_BITS = 6;

  /** Each is one code point, shown as a picture, and none is easily taken for another. */
  static final String TABLE =
      "🐶🐱🦁🐴🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌍🌙⚡🔥🍌🍎🍓🌽🍕🎂☕🤖🎅"
          + "👓🔧🎩⌛⏰🎁💡📕📎🔑🔨📞🚂🚗🚲🚀🏆⚽🎸🎺🔔⚓🎧📌🏠🌈💎🦀🐝🍇🎈🎲";

  public SafetyNumber {
    signs = List.copyOf(signs);
  }

  static SafetyNumber of(RoomId room, SortedSet<BundleHash> members) {
    SHA512Digest sha512 = new SHA512Digest();
    update(sha512, Label.SAFETY_NUMBER.bytes());
    update(sha512, room.value().getBytes(StandardCharsets.US_ASCII));
    members.forEach(member -> update(sha512, member.bytes()));
    byte[] digest = new byte[DIGEST_BYTES];
    sha512.doFinal(digest, 0);
    return new SafetyNumber(digits(digest), signs(digest));
  }

  /** Returns the digits in twelve groups of five, with a space between them. */
  public String grouped() {
    return digits.replaceAll("(\\d{5})(?=\\d)", "$1 ");
  }

  private static void update(SHA512Digest sha512, byte[] bytes) {
    sha512.update(bytes, 0, bytes.length);
  }

  private static String digits(byte[] digest) {
    StringBuilder digits = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      long value = 0;
      for (int i = 0; i < GROUP_BYTES; i++) {
        value = (value << Byte.SIZE) | (digest[group * GROUP_BYTES + i] & 0xFF);
      }
      String remainder = Long.toString(value % GROUP_VALUES + GROUP_VALUES);
      digits.append(remainder, 1, remainder.length());
    }
    return digits.toString();
  }

  private static List<String> signs(byte[] digest) {
    int[] table = TABLE.codePoints().toArray();
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = (bits << Byte.SIZE) | (digest[i] & 0xFF);
    }
    List<String> signs = new ArrayList<>();
    for (int i = 1; i <= SIGNS; i++) {
      int place = (int) (bits >>> (Long.SIZE - i * SIGN_BITS)) & (table.length - 1);
      signs.add(Character.toString(table[place]));
    }
    return signs;
  }
}
