package io.resolute;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.resolute.bus.Addresses;
import io.resolute.protocol.JoinKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which package may know of which, and what none may do. */
@AnalyzeClasses(packages = "io.resolute", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] VERTX = {"io.vertx..", "io.netty.."};
  private static final String[] SERVER = {
    "io.resolute",
    "io.resolute.gateway..",
    "io.resolute.room..",
    "io.resolute.key..",
    "io.resolute.config..",
    "io.resolute.bus..",
    "io.resolute.memory.."
  };

  @ArchTest
  static final ArchRule THE_PROTOCOL_KNOWS_NOTHING_BUT_JSON =
      classes()
          .that()
          .resideInAPackage("io.resolute.protocol..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.resolute.protocol..", "com.fasterxml.jackson..", "org.jspecify..", "java..");

  @ArchTest
  static final ArchRule THE_CONFIGURATION_KNOWS_NO_VERTX =
      noClasses()
          .that()
          .resideInAPackage("io.resolute.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(VERTX);

  @ArchTest
  static final ArchRule MODELS_KNOW_NO_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage("io.resolute.room..", "io.resolute.key..")
          .and()
          .haveSimpleNameNotEndingWith("Verticle")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(VERTX);

  @ArchTest
  static final ArchRule SECRET_MEMORY_KNOWS_NOTHING_BUT_THE_C_LIBRARY =
      classes()
          .that()
          .resideInAPackage("io.resolute.memory..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.resolute.memory..", "com.sun.jna..", "org.jspecify..", "java..");

  @ArchTest
  static final ArchRule ONLY_SECRET_MEMORY_CALLS_THE_C_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.resolute.memory..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule MODELS_DO_NOT_KNOW_THEIR_VERTICLES =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Verticle")
          .and()
          .resideOutsideOfPackage("io.resolute")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Verticle");

  @ArchTest
  static final ArchRule ROOMS_KEYS_AND_GATEWAYS_MEET_ON_THE_BUS_ALONE =
      slices().matching("io.resolute.(room|key|gateway)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule THE_BUS_KNOWS_THE_PROTOCOL_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.resolute.bus..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.resolute",
              "io.resolute.room..",
              "io.resolute.key..",
              "io.resolute.gateway..",
              "io.resolute.config..",
              "io.resolute.client..");

  @ArchTest
  static final ArchRule NO_PACKAGES_KNOW_EACH_OTHER_IN_A_CIRCLE =
      slices().matching("io.resolute.(**)").should().beFreeOfCycles();

  /** The client may come from another jar, without the server and without Vert.x. */
  @ArchTest
  static final ArchRule THE_CLIENT_KNOWS_NOTHING_OF_THE_SERVER =
      noClasses()
          .that()
          .resideInAPackage("io.resolute.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVER)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(VERTX)
          .allowEmptyShould(true);

  /** So that it can be looked through, tested, and written again in another language. */
  @ArchTest
  static final ArchRule THE_ENCRYPTION_KNOWS_NO_NETWORK_NO_FILE_NO_CLOCK_AND_NO_THREAD =
      noClasses()
          .that()
          .resideInAPackage("io.resolute.client.e2ee..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.(net|time|nio\\.file|nio\\.channels|util\\.concurrent)\\..*"
                  + "|java\\.io\\.(File|Random).*|java\\.lang\\.Thread.*")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule THE_SERVER_KNOWS_NOTHING_OF_THE_CLIENT =
      noClasses()
          .that()
          .resideInAnyPackage(SERVER)
          .or()
          .resideInAPackage("io.resolute.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.resolute.client..");

  @ArchTest
  static final ArchRule ONLY_COMMAND_LINES_WRITE_TO_THE_TERMINAL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.resolute.client.cli..")
          .and()
          .doNotHaveFullyQualifiedName("io.resolute.Resolute")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule LOGS_GO_THROUGH_SLF4J =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.resolute.memory.NativeWarnings") // It stops others'.
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..",
              "org.apache.logging..",
              "org.apache.commons.logging..",
              "ch.qos.logback..",
              "io.vertx.core.impl.logging..",
              "io.netty.util.internal.logging..");

  @ArchTest
  static final ArchRule NO_STATIC_CAN_BE_CHANGED =
      fields().that().areStatic().and(notGenerated()).should().beFinal();

  @ArchTest
  static final ArchRule NO_SECRET_IS_DRAWN_FROM_A_GENERATOR_THAT_CAN_BE_GUESSED =
      noClasses()
          .that()
          .resideInAnyPackage(SERVER)
          .or()
          .resideInAnyPackage("io.resolute.protocol..", "io.resolute.client.e2ee..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
          .orShould()
          .callMethod(Math.class, "random");

  /** Texts stay in memory until they are overwritten by chance. */
  @ArchTest
  static final ArchRule THE_SERVER_MAKES_NO_TEXT_OF_A_JOIN_KEY =
      noClasses()
          .that()
          .resideInAnyPackage(SERVER)
          .or()
          .resideInAPackage("io.resolute.protocol..")
          .should()
          .callMethod(JoinKey.class, "value");

  @ArchTest
  static final ArchRule NOTHING_SLEEPS_ON_AN_EVENT_LOOP =
      noClasses()
          .that()
          .resideInAnyPackage(SERVER)
          .and()
          .resideOutsideOfPackage("io.resolute")
          .should()
          .callMethod(Thread.class, "sleep", long.class);

  @Test
  void aFuzzTestIsAloneInItsClassForAJvmFuzzesOnlyOne() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(new OnlyIncludeTests())
            .importPackages(ArchitectureTest.class.getPackageName());
    Map<String, Long> fuzzTests =
        tests.stream()
            .flatMap(test -> test.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(FuzzTest.class))
            .collect(groupingBy(method -> method.getOwner().getName(), counting()));
    assertThat(fuzzTests).isNotEmpty();
    assertThat(fuzzTests.values()).as("%s", fuzzTests).containsOnly(1L);
    // By which the build finds them.
    assertThat(fuzzTests.keySet()).allMatch(name -> name.endsWith("FuzzTest"));
  }

  private static DescribedPredicate<JavaField> notGenerated() {
    return DescribedPredicate.describe(
        "written by a person", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC));
  }

  /** Constants are inlined, so that it is the text of the class files that is searched. */
  @Test
  void onlyAddressesSpellsAddressesOfTheBus() throws IOException, URISyntaxException {
    URI root = Addresses.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      List<String> spelling =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(ArchitectureTest::spellsAnAddress)
              .map(file -> Path.of(root).relativize(file).toString())
              .toList();
      assertThat(spelling).containsExactly(Path.of("io/resolute/bus/Addresses.class").toString());
    }
  }

  private static boolean spellsAnAddress(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      // A name of this project's own classes is io.resolute., never resolute. alone.
      return text.replace("io.resolute.", "").contains("resolute.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ArchTest
  static void everyPackageIsDescribedAndNullMarked(JavaClasses classes) {
    assertThat(classes.stream().map(JavaClass::getPackage).distinct())
        .allMatch(folder -> folder.isAnnotatedWith(NullMarked.class));
  }
}
