package io.resolute.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts of all scripts and of all sizes of padding. */
final class Texts {
  static final int MAX_BYTES = 32_767;

  private static final int SMALLEST_BUCKET = 256;
  private static final int BUCKETS = 8;
  private static final int FEW_BYTES = 80;

  private static final List<String> SCRIPTS =
      List.of(
          "plain text, \"quoted\" \\ and <b>marked</b>; ",
          "Größe, naïveté, coöperación; ",
          "e\u0301a\u0308\u0323o\u0302 ",
          "Съешь же ещё этих мягких булок ",
          "שלום \u200fעולם ",
          "مرحبا بالعالم ",
          "नमस्ते दुनिया ",
          "สวัสดีชาวโลก ",
          "天地玄黃宇宙洪荒、いろはにほへと ",
          "다람쥐 헌 쳇바퀴에 ",
          "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇺🇳 ",
          "𝔊𝔯𝔬ß 𠜎𠜱 \uDBFF\uDFFF\uE000",
          "\u0000\u0001\t\r\n\u007f\u0085\u2028\u2029\ufeff\ufffd\uffff");

  private Texts() {}

  /** Returns one that is mostly short, and otherwise about as long as a padding. */
  static String any(Random random) {
    if (random.nextInt(3) > 0) {
      return of(random.nextInt(FEW_BYTES), random);
    }
    int bucket = SMALLEST_BUCKET << Math.min(random.nextInt(BUCKETS), random.nextInt(BUCKETS));
    return of(Math.min(bucket - 2 + random.nextInt(3), MAX_BYTES), random);
  }

  /** Returns for each padding the longest text that fits, and the shortest that does not. */
  static List<String> ofAllSizes() {
    return IntStream.range(0, BUCKETS)
        .mapToObj(i -> SMALLEST_BUCKET << i)
        .flatMap(bucket -> Stream.of(bucket - 1, bucket))
        .filter(bytes -> bytes <= MAX_BYTES)
        .map(bytes -> of(bytes, SCRIPTS.get(bytes % SCRIPTS.size())))
        .toList();
  }

  /** Returns a text of each script. */
  static List<String> ofAllScripts() {
    return SCRIPTS;
  }

  /** Returns one of so many bytes of UTF-8. */
  static String of(int bytes, Random random) {
    return of(bytes, SCRIPTS.get(random.nextInt(SCRIPTS.size())));
  }

  private static String of(int bytes, String script) {
    StringBuilder text = new StringBuilder();
    int left = bytes;
    int[] signs = script.codePoints().toArray();
    for (int i = 0; left > 0; i++) {
      String sign = Character.toString(signs[i % signs.length]);
      int length = sign.getBytes(StandardCharsets.UTF_8).length;
      text.append(length <= left ? sign : "x");
      left -= length <= left ? length : 1;
    }
    return text.toString();
  }
}
