package io.resolute.abuse;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages within every limit that take a parser long, or deep, or far. */
enum Hostile {
  DEEP_JSON("deep JSON", "{'x':" + "[".repeat(30_000) + "]".repeat(30_000) + "}"),

  LONG_NUMBER("a number of 60,000 digits", hello("9".repeat(60_000))),

  LONG_FRACTION(
      "a number of 60,000 digits with an exponent", hello("0." + "9".repeat(60_000) + "e9")),

  MANY_FIELDS("6,000 fields, the last one twice", fields(IntStream.range(0, 6000))),

  COLLIDING_FIELDS("2,000 fields of one hash code, the last one twice", colliding()),

  LONG_NAME("a field whose name is 200,000 characters long", "{'" + "n".repeat(200_000) + "':1}"),

  HUGE_KEY("a PEM block of 60,000 bytes", createRoom("A".repeat(60_000))),

  LINES_OF_A_CHARACTER("a PEM block of 20,000 lines", createRoom("A\\n".repeat(20_000))),

  EMPTY_LINES("a PEM block of 30,000 empty lines", createRoom("\\n".repeat(30_000))),

  HALF_A_BLOCK(
      "PEM blocks without an end",
      "{'cmd':'create-room','data':" + data("-----BEGIN A-----\\n".repeat(3000)) + "}"),

  LONG_LABEL(
      "a PEM label of 30,000 words",
      "{'cmd':'create-room','data':"
          + data("-----BEGIN " + "A ".repeat(30_000) + "A-----\\n")
          + "}");

  /** What they are within. */
  static final String LIMITS =
      "'limits':{'message':'256KiB','publicKey':'64KiB','sendQueue':'8MiB'}";

  private final String name;
  private final String packet;

  Hostile(String name, String packet) {
    this.name = name;
    this.packet = packet;
  }

  private static String hello(String version) {
    return "{'cmd':'hello','data':{'versions':[" + version + "]}}";
  }

  private static String createRoom(String lines) {
    String key = "-----BEGIN A-----\\n" + lines + "\\n-----END A-----\\n";
    return "{'cmd':'create-room','data':" + data(key) + "}";
  }

  private static String data(String key) {
    return "{'name':'n','username':'u','client_room_id':'1','public_key_string':'" + key + "'}";
  }

  private static String fields(IntStream numbers) {
    String last = "'twice':1,'twice':1";
    return numbers.mapToObj(i -> "'" + i + "':1,").collect(Collectors.joining("", "{", last + "}"));
  }

  /** {@code Aa} and {@code BB} have the same hash code, and so have all their sequences. */
  private static String colliding() {
    return IntStream.range(0, 1 << 11)
        .mapToObj(
            i ->
                IntStream.range(0, 11)
                    .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining("", "'", "':1,")))
        .collect(Collectors.joining("", "{", "'twice':1,'twice':1}"));
  }

  /** Returns the {@code cmd} of the answer to it. */
  String answer() {
    return switch (this) {
      case HUGE_KEY, LINES_OF_A_CHARACTER -> "create-room";
      case EMPTY_LINES, HALF_A_BLOCK, LONG_LABEL -> "create-room-error";
      default -> "error";
    };
  }

  /** Returns the message, with single quotes for double ones. */
  String message(String path) {
    return path.equals("/v1")
        ? packet
        : "{'type':'send','address':'resolute.packets','replyAddress':'r','body':" + packet + "}";
  }

  @Override
  public String toString() {
    return name;
  }
}
