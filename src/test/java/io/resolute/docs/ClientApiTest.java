package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.docs.Markdown.Block;
import io.resolute.protocol.ClientFrame;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ClientPacketDecoder;
import io.resolute.protocol.CloseCode;
import io.resolute.protocol.Command;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketLimits;
import io.resolute.protocol.RandomTokens;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the lists of {@code Client-API.md} against those of the code. */
class ClientApiTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Markdown DOCUMENT = Markdown.read("Client-API.md");

  @Test
  void errorCodesAreThoseOfTheCode() {
    List<List<String>> expected =
        Arrays.stream(ErrorCode.values())
            .map(code -> List.of(code.wireName(), retry(code.retry())))
            .toList();
    assertThat(columns(DOCUMENT.section("Error codes").table(), 0, 2)).isEqualTo(expected);
  }

  private static String retry(ErrorCode.Retry retry) {
    return switch (retry) {
      case NEVER -> "no";
      case WITH_ANOTHER_KEY -> "with another key";
      case LATER -> "later";
    };
  }

  @Test
  void closeCodesAreThoseOfTheCode() {
    List<List<String>> expected =
        Arrays.stream(CloseCode.values())
            .map(
                code ->
                    List.of(
                        Integer.toString(code.code()), code.reason(), reconnect(code.reconnect())))
            .toList();
    assertThat(columns(DOCUMENT.section("Close codes").table(), 0, 1, 3)).isEqualTo(expected);
  }

  private static String reconnect(CloseCode.Reconnect reconnect) {
    return switch (reconnect) {
      case NEVER -> "no";
      case AS_NEEDED -> "yes";
      case AFTER_A_WHILE -> "later";
    };
  }

  @Test
  void commandsAreThoseTheServerKnows() {
    Set<String> known = new TreeSet<>(namesInCode());
    known.removeIf(name -> !isKnownToServer(name));
    assertThat(commands()).containsExactlyInAnyOrderElementsOf(known);
    assertThat(columns(DOCUMENT.section("Commands").table(), 0))
        .isEqualTo(commands().stream().map(List::of).toList());
  }

  private static boolean isKnownToServer(String command) {
    ClientPacketDecoder decoder =
        new ClientPacketDecoder(new PacketLimits(1, 1, 1), new RandomTokens(new SecureRandom()));
    byte[] frame = ("{\"cmd\":\"" + command + "\"}").getBytes(StandardCharsets.UTF_8);
    return !(decoder.decode(frame) instanceof ClientFrame.Refused refused
        && refused.failure().code() == ErrorCode.UNKNOWN_COMMAND);
  }

  @Test
  void everyNameOfTheCodeIsDocumentedAndNoOther() {
    Set<String> documented = new TreeSet<>(commands());
    columns(DOCUMENT.section("Commands").table(), 2).forEach(documented::addAll);
    documented.addAll(events());
    documented.add(Command.ERROR);
    assertThat(documented).isEqualTo(namesInCode());
  }

  @Test
  void eventsAreThoseThatCommandsCause() {
    Set<String> caused = new TreeSet<>();
    columns(DOCUMENT.section("Commands").table(), 3)
        .forEach(cell -> caused.addAll(List.of(cell.get(0).split(" or "))));
    caused.remove("");
    assertThat(events()).containsExactlyInAnyOrderElementsOf(caused);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void exampleOfACommandHasTheFieldsOfItsTable(String command) throws IOException {
    Markdown section = DOCUMENT.section("Commands").section(command);
    Set<String> shown = new TreeSet<>();
    for (Block block : section.blocks("json client")) {
      JsonNode frame = MAPPER.readTree(block.text());
      assertThat(frame.path("cmd").asText()).as("line " + block.line()).isEqualTo(command);
      frame.path("data").fieldNames().forEachRemaining(shown::add);
    }
    assertThat(shown).isEqualTo(fields(section));
  }

  @ParameterizedTest
  @MethodSource("events")
  void exampleOfAnEventHasTheFieldsOfItsTable(String event) throws IOException {
    Set<String> documented = fields(DOCUMENT.section("Events").section(event));
    if (event.equals("user-joined-forever")) {
      documented = fields(DOCUMENT.section("Events").section("user-joined-onetime"));
    }
    int examples = 0;
    for (Block block : DOCUMENT.blocks("json server")) {
      JsonNode frame = MAPPER.readTree(block.text());
      if (frame.path("cmd").asText().equals(event)) {
        Set<String> shown = new TreeSet<>();
        frame.path("data").fieldNames().forEachRemaining(shown::add);
        assertThat(shown).as("line " + block.line()).isEqualTo(documented);
        examples++;
      }
    }
    assertThat(examples).isPositive();
  }

  private static Set<String> fields(Markdown section) {
    Set<String> fields = new TreeSet<>();
    columns(section.table(), 0).forEach(cell -> fields.addAll(List.of(cell.get(0).split(", "))));
    return fields;
  }

  @Test
  void limitsAreThoseOfTheExampleOfHello() throws IOException {
    Block reply = DOCUMENT.section("Commands").section(Command.HELLO).blocks("json server").get(0);
    List<List<String>> expected = new ArrayList<>();
    MAPPER
        .readTree(reply.text())
        .at("/data/limits")
        .properties()
        .forEach(limit -> expected.add(List.of(limit.getKey(), limit.getValue().asText())));
    assertThat(columns(DOCUMENT.section("Limits").table(), 0, 1))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void keyOfAGoPeerIsAnRsaKeyOf2048Bits() throws IOException {
    String pem = DOCUMENT.section("Keys, names and content").blocks("text").get(0).text();
    PemObject block = new PemReader(new StringReader(pem)).readPemObject();
    assertThat(block.getType()).isEqualTo("RSA PUBLIC KEY");
    assertThat(RSAPublicKey.getInstance(block.getContent()).getModulus().bitLength())
        .isEqualTo(2048);
  }

  static List<String> commands() {
    return DOCUMENT.section("Commands").headings(3);
  }

  static List<String> events() {
    return DOCUMENT.section("Events").headings(3);
  }

  /** Every {@code cmd} that {@link Command} names, those that it puts together included. */
  private static Set<String> namesInCode() {
    Set<String> names = new TreeSet<>();
    try {
      for (Field constant : Command.class.getFields()) {
        names.add((String) constant.get(null));
      }
      for (Method method : Command.class.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())) {
          for (KeyKind kind : KeyKind.values()) {
            names.add((String) method.invoke(null, kind));
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
    names.remove(Command.ERROR_SUFFIX);
    return names;
  }

  private static List<List<String>> columns(List<List<String>> rows, int... indexes) {
    return rows.stream().map(row -> Arrays.stream(indexes).mapToObj(row::get).toList()).toList();
  }
}
