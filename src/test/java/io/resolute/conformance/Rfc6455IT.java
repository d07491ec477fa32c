package io.resolute.conformance;

import static io.resolute.conformance.Course.bytes;
import static io.resolute.conformance.Course.closing;
import static io.resolute.testing.FrameSocket.BINARY;
import static io.resolute.testing.FrameSocket.CLOSE;
import static io.resolute.testing.FrameSocket.CONTINUATION;
import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.PING;
import static io.resolute.testing.FrameSocket.PONG;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.resolute.gateway.EchoServer;
import io.resolute.protocol.CloseCode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The families of cases of the Autobahn test suite that take no time, in every build and frame by
 * frame, against the echo that the suite runs against. The other families are in {@code mvn
 * -Pautobahn test} alone.
 */
class Rfc6455IT {
  private static final byte[] NOTHING = {};
  private static final String HELLO = "Hello, wörld!";
  private static final int MAX_CONTROL = 125;

  private static Vertx vertx;
  private static EchoServer echo;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    echo = new EchoServer(ChannelDuplexHandler::new);
    vertx.deployVerticle(echo).toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  @ParameterizedTest
  @MethodSource({
    "messages",
    "pings",
    "reservedBits",
    "opcodes",
    "fragments",
    "controlsAmongFragments",
    "strayFragments",
    "closes",
    "closesWithoutCode",
    "brokenCloses",
    "lengths"
  })
  void exactlyTheseFramesComeBack(Course course) throws IOException {
    assertThat(course.run(echo.port())).isEqualTo(course.expected());
  }

  private static Course course(String name) {
    return new Course(name);
  }

  static Stream<Course> messages() {
    return IntStream.of(0, 1, 125, 126, 127, 128, 65_535, 65_536, 300_000)
        .boxed()
        .flatMap(Rfc6455IT::messages);
  }

  private static Stream<Course> messages(int length) {
    String text = "*".repeat(length);
    byte[] binary = new byte[length];
    new Random(length).nextBytes(binary);
    return Stream.of(
        course("text of " + length).send(FIN | TEXT, text).expectText(text),
        course("binary of " + length).send(FIN | BINARY, binary).expectBinary(binary));
  }

  static Stream<Course> pings() {
    byte[] longest = new byte[MAX_CONTROL];
    byte[] noText = bytes(0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF);
    Course ten = course("ten pings");
    Course tenInOctets = course("ten pings in octets").inOctets();
    for (int i = 0; i < 10; i++) {
      ten.send(FIN | PING, "ping " + i).expectPong("ping " + i);
      tenInOctets.send(FIN | PING, "ping " + i).expectPong("ping " + i);
    }
    return Stream.of(
        course("empty ping").send(FIN | PING, NOTHING).expectPong(NOTHING),
        course("ping").send(FIN | PING, HELLO).expectPong(HELLO),
        course("ping that is no text").send(FIN | PING, noText).expectPong(noText),
        course("longest ping").send(FIN | PING, longest).expectPong(longest),
        course("longest ping in octets").send(FIN | PING, longest).inOctets().expectPong(longest),
        course("ping that is too long")
            .send(FIN | PING, new byte[MAX_CONTROL + 1])
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("empty pong").send(FIN | PONG, NOTHING),
        course("pong").send(FIN | PONG, HELLO),
        course("pong, then ping")
            .send(FIN | PONG, "unasked")
            .send(FIN | PING, "asked")
            .expectPong("asked"),
        ten,
        tenInOctets);
  }

  static Stream<Course> reservedBits() {
    return IntStream.rangeClosed(1, 7)
        .map(bits -> bits << 4)
        .boxed()
        .flatMap(
            bits ->
                Stream.of(TEXT, BINARY, PING, PONG, CLOSE)
                    .flatMap(opcode -> afterText("reserved bits", FIN | bits | opcode)));
  }

  static Stream<Course> opcodes() {
    return IntStream.concat(IntStream.rangeClosed(0x3, 0x7), IntStream.rangeClosed(0xB, 0xF))
        .boxed()
        .flatMap(
            opcode ->
                Stream.of(
                        afterText("reserved opcode", FIN | opcode),
                        afterText("reserved opcode, not final", opcode))
                    .flatMap(courses -> courses));
  }

  /** What is wrong is found out behind what is right, and what follows is not looked at. */
  private static Stream<Course> afterText(String name, int first) {
    String title = name + ", first byte " + Integer.toHexString(first);
    return Stream.of(
        course(title).send(first, NOTHING).expectFailure(CloseCode.PROTOCOL_ERROR),
        course(title + ", among others")
            .send(FIN | TEXT, HELLO)
            .send(first, "payload")
            .send(FIN | PING, NOTHING)
            .expectText(HELLO)
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course(title + ", among others, in octets")
            .inOctets()
            .send(FIN | TEXT, HELLO)
            .send(first, "payload")
            .send(FIN | PING, NOTHING)
            .expectText(HELLO)
            .expectFailure(CloseCode.PROTOCOL_ERROR));
  }

  static Stream<Course> fragments() {
    byte[] binary = bytes(0xFF, 0xFE, 0x00);
    return Stream.of(
        course("two fragments")
            .send(TEXT, "frag")
            .send(FIN | CONTINUATION, "ment")
            .expectText("fragment"),
        course("two fragments in octets")
            .inOctets()
            .send(TEXT, "frag")
            .send(FIN | CONTINUATION, "ment")
            .expectText("fragment"),
        course("three empty fragments")
            .send(TEXT, NOTHING)
            .send(CONTINUATION, NOTHING)
            .send(FIN | CONTINUATION, NOTHING)
            .expectText(NOTHING),
        course("empty fragments around one that is not")
            .send(TEXT, NOTHING)
            .send(CONTINUATION, HELLO)
            .send(FIN | CONTINUATION, NOTHING)
            .expectText(HELLO),
        course("binary in fragments")
            .send(BINARY, binary)
            .send(CONTINUATION, binary)
            .send(FIN | CONTINUATION, NOTHING)
            .expectBinary(bytes(0xFF, 0xFE, 0x00, 0xFF, 0xFE, 0x00)),
        course("a message behind one in fragments")
            .send(TEXT, "frag")
            .send(FIN | CONTINUATION, "ment")
            .send(FIN | TEXT, HELLO)
            .expectText("fragment")
            .expectText(HELLO));
  }

  static Stream<Course> controlsAmongFragments() {
    return Stream.of(
        course("ping in fragments")
            .send(PING, "frag")
            .send(FIN | CONTINUATION, "ment")
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("pong in fragments")
            .send(PONG, "frag")
            .send(FIN | CONTINUATION, "ment")
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("close in fragments")
            .send(CLOSE, closing(1000, ""))
            .send(FIN | CONTINUATION, "ment")
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("pings among fragments")
            .send(TEXT, "frag")
            .send(FIN | PING, "1")
            .send(CONTINUATION, "men")
            .send(FIN | PING, "2")
            .send(FIN | CONTINUATION, "t")
            .expectPong("1")
            .expectPong("2")
            .expectText("fragment"),
        course("pongs that are no text, within a character")
            .send(TEXT, bytes(0xC3))
            .send(FIN | PONG, bytes(0xFF))
            .send(CONTINUATION, bytes(0xB6, 0xC3))
            .send(FIN | PING, bytes(0xFF))
            .send(FIN | CONTINUATION, bytes(0xA4))
            .expectPong(bytes(0xFF))
            .expectText("öä"),
        course("a pong does not hide what is no text behind it")
            .send(TEXT, "fragment")
            .send(FIN | PONG, NOTHING)
            .send(FIN | CONTINUATION, bytes(0xFF))
            .expectFailure(CloseCode.INVALID_PAYLOAD),
        course("close within a character")
            .send(TEXT, bytes(0xC3))
            .send(FIN | CLOSE, closing(1000, ""))
            .expectClose(closing(1000, "")));
  }

  static Stream<Course> strayFragments() {
    return Stream.of(
        course("final continuation of nothing")
            .send(FIN | CONTINUATION, "fragment")
            .send(FIN | TEXT, HELLO)
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("continuation of nothing")
            .send(CONTINUATION, "fragment")
            .send(FIN | TEXT, HELLO)
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("continuation of nothing in octets")
            .inOctets()
            .send(CONTINUATION, "fragment")
            .send(FIN | TEXT, HELLO)
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("continuation behind the last one")
            .send(TEXT, "frag")
            .send(FIN | CONTINUATION, "ment")
            .send(CONTINUATION, "fragment")
            .expectText("fragment")
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("text instead of a continuation")
            .send(TEXT, "frag")
            .send(FIN | TEXT, "ment")
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("binary instead of a continuation")
            .send(TEXT, "frag")
            .send(FIN | BINARY, "ment")
            .expectFailure(CloseCode.PROTOCOL_ERROR));
  }

  static Stream<Course> closes() {
    return IntStream.of(
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000, 4999)
        .boxed()
        .flatMap(
            code ->
                Stream.of(
                    course("close with " + code)
                        .send(FIN | CLOSE, closing(code, ""))
                        .expectClose(closing(code, "")),
                    course("close with " + code + " and a reason, and then more")
                        .send(FIN | CLOSE, closing(code, HELLO))
                        .send(FIN | PING, NOTHING)
                        .send(FIN | TEXT, HELLO)
                        .expectClose(closing(code, ""))));
  }

  static Stream<Course> closesWithoutCode() {
    String longest = "*".repeat(MAX_CONTROL - Short.BYTES);
    return Stream.of(
        course("close with nothing").send(FIN | CLOSE, NOTHING).expectClose(NOTHING),
        course("close behind a message")
            .send(FIN | TEXT, HELLO)
            .send(FIN | CLOSE, NOTHING)
            .expectText(HELLO)
            .expectClose(NOTHING),
        course("close with the longest reason")
            .send(FIN | CLOSE, closing(1000, longest))
            .expectClose(closing(1000, "")),
        course("close with a reason that is too long")
            .send(FIN | CLOSE, closing(1000, longest + "*"))
            .expectFailure(CloseCode.PROTOCOL_ERROR),
        course("close with half a code")
            .send(FIN | CLOSE, bytes(0x03))
            .expectFailure(CloseCode.PROTOCOL_ERROR));
  }

  static Stream<Course> brokenCloses() {
    Stream<Course> codes =
        IntStream.of(
                0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_768, 65_535)
            .mapToObj(
                code ->
                    course("close with " + code)
                        .send(FIN | CLOSE, closing(code, ""))
                        .expectFailure(CloseCode.PROTOCOL_ERROR));
    Stream<Course> reasons =
        Utf8Cases.invalid()
            .map(
                invalid ->
                    course("close with a reason that is no text: " + Utf8Cases.name(invalid))
                        .send(FIN | CLOSE, Utf8Cases.join(closing(1000, "ok"), invalid))
                        .expectFailure(CloseCode.INVALID_PAYLOAD));
    return Stream.concat(codes, reasons);
  }

  static Stream<Course> lengths() {
    int text = FIN | TEXT;
    return Stream.of(
            course("125 written in two bytes").sendRaw(text, 0xFE, 0, 125),
            course("65535 written in eight").sendRaw(text, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF),
            course("a negative length").sendRaw(text, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0),
            course("no mask").sendRaw(text, 0x01, '*'),
            course("no mask on a ping").sendRaw(FIN | PING, 0x00),
            course("no mask on a close").sendRaw(FIN | CLOSE, 0x02, 0x03, 0xE8))
        .map(course -> course.expectFailure(CloseCode.PROTOCOL_ERROR));
  }

  @ParameterizedTest
  @MethodSource("io.resolute.conformance.Utf8Cases#valid")
  void textComesBackHoweverItIsCut(byte[] text) throws IOException {
    for (Course course : Utf8Cases.cuts(text)) {
      course.expectText(text);
      assertThat(course.run(echo.port())).as(course.toString()).isEqualTo(course.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("io.resolute.conformance.Utf8Cases#invalid")
  void whatIsNoTextClosesHoweverItIsCut(byte[] invalid) throws IOException {
    for (Course course : Utf8Cases.cuts(invalid)) {
      course.expectFailure(CloseCode.INVALID_PAYLOAD);
      assertThat(course.run(echo.port())).as(course.toString()).isEqualTo(course.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("io.resolute.conformance.Utf8Cases#hopeless")
  void whatCannotBecomeTextClosesBeforeTheMessageEnds(byte[] beginning) throws IOException {
    Course course = course("fragment").send(TEXT, beginning);
    course.expectFailure(CloseCode.INVALID_PAYLOAD);
    assertThat(course.run(echo.port())).isEqualTo(course.expected());
  }
}
