package io.resolute.client.e2ee;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/**
 * A secret to look for where it must not be. What to look for is kept in another form, so that it
 * is not found here. The bytes that it was found in are kept as they are: those that are only let
 * go, and not overwritten, are found here.
 */
public final class Secret {
  private static final byte MASK = 0x5A;

  /** What everybody may see, of all the bytes that a room holds, and what tests draw from. */
  private static final Set<String> PUBLIC =
      Set.of(
          "Bundle.encoded",
          "BundleHash.value",
          "ChainId.value",
          "Identity.signingPublicKey",
          "CountedRandom.seed");

  private final String name;
  private final byte[] origin;
  private final byte[] masked;

  private Secret(String name, byte[] plain, byte[] origin) {
    this.name = name;
    this.origin = origin;
    masked = plain.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK;
    }
  }

  /** Returns all secrets that a room, or an entrance to one, holds. */
  public static List<Secret> allOf(Object roomOrEntrance) {
    List<Secret> all = new ArrayList<>();
    State.visit(
        roomOrEntrance,
        (path, bytes) -> {
          if (PUBLIC.stream().noneMatch(path::endsWith)) {
            all.add(new Secret(path, bytes, bytes));
          }
        });
    return all;
  }

  /** Returns what the private key of a scheme is made of. */
  static List<Secret> allOf(RSAPrivateCrtKeyParameters key) {
    return List.of(
        number("p", key.getP()), number("q", key.getQ()), number("d", key.getExponent()));
  }

  /** A number cannot be overwritten, only let go. */
  private static Secret number(String name, BigInteger number) {
    return new Secret(name, number.toByteArray(), new byte[0]);
  }

  /** Returns on which way it was found. */
  public String name() {
    return name;
  }

  /** Returns whether the bytes that it was found in are overwritten. */
  public boolean isOverwritten() {
    return !endsAt(origin.length - 1, ByteBuffer.wrap(origin));
  }

  /** Returns the last two bytes, which are quickly compared. */
  public int end() {
    int last = masked[masked.length - 1] ^ MASK;
    int before = masked[masked.length - 2] ^ MASK;
    return (before & 0xFF) << Byte.SIZE | (last & 0xFF);
  }

  /** Returns whether it stands in {@code bytes}, with its last byte at {@code lastAt}. */
  public boolean endsAt(int lastAt, ByteBuffer bytes) {
    for (int back = 0; back < masked.length; back++) {
      // A number has a sign in front, which it is not stored with.
      boolean sign = back == masked.length - 1 && masked[0] == MASK;
      if (!sign
          && (lastAt < back
              || (bytes.get(lastAt - back) ^ MASK) != masked[masked.length - 1 - back])) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether it stands anywhere in {@code bytes}. */
  public boolean isIn(ByteBuffer bytes) {
    for (int at = 0; at < bytes.limit(); at++) {
      if (endsAt(at, bytes)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "Secret[" + name + "]";
  }
}
