package io.resolute;

import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.resolute.gateway.CertificateVerticle;
import io.resolute.gateway.ServerIdentity;
import io.resolute.memory.NativeWarnings;
import io.resolute.memory.ProcessMemory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The server's main class: refuses whatever configuration is not right before anything starts. */
@Command(
    name = "resolute",
    description = "A relay for short-lived, anonymous, end-to-end-encrypted conversations.",
    mixinStandardHelpOptions = true,
    versionProvider = Resolute.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the configuration is right (--check)",
      "1:the server could not start, or could not here (--check); stderr says why",
      "2:the command line or the configuration is wrong; stderr says where",
      "143:stopped by SIGTERM"
    })
public final class Resolute implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Resolute.class);

  // With BoringSSL nobody can. Read once, when the JDK's TLS is used first.
  private static final String REFUSE_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

  @Option(
      names = {"-conf", "--conf"},
      paramLabel = "FILE",
      description =
          "The configuration, a JSON file, or JSON that begins with '{'. Default: all defaults.")
  private @Nullable String conf;

  @Option(
      names = "--check",
      description = "Check the configuration and what it needs here, and exit.")
  private boolean check;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  /** Runs the server until it is stopped. */
  public static void main(String[] args) {
    if (System.getProperty(REFUSE_RENEGOTIATION) == null) {
      System.setProperty(REFUSE_RENEGOTIATION, "true");
    }
    NativeWarnings.silence();
    int status = new CommandLine(new Resolute()).execute(args);
    // Without an exit, the event loops go on after this thread has ended.
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() {
    ServerConfig config;
    ServerIdentity identity;
    try {
      config = readConfig();
      identity = ServerIdentity.load(config.tls());
    } catch (ConfigException e) {
      complain(e.line());
      return CommandLine.ExitCode.USAGE;
    }
    if (check) {
      return check(config, identity);
    }
    if (!config.secrets().debuggable() && !ProcessMemory.close()) {
      LOG.warn("The kernel may write core files of this process, and let others read its memory");
    }
    return new Launcher(config, identity, this::complain).launch() == 0
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private int check(ServerConfig config, ServerIdentity identity) {
    CertificateVerticle.warnIfItEndsSoon(identity);
    Optional<String> obstacle = StartConditions.obstacle(config);
    if (obstacle.isPresent()) {
      complain(obstacle.get());
      return CommandLine.ExitCode.SOFTWARE;
    }
    spec.commandLine().getOut().println("The configuration is right.");
    return CommandLine.ExitCode.OK;
  }

  private ServerConfig readConfig() throws ConfigException {
    if (conf == null) {
      return ServerConfig.defaults();
    }
    if (conf.isBlank()) {
      throw new ConfigException(
          "-conf: there is no file name; name a file, or leave -conf out to have the defaults");
    }
    return conf.startsWith("{") ? ServerConfig.parse(conf) : ServerConfig.load(Path.of(conf));
  }

  private void complain(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("resolute: " + line);
    err.flush();
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Resolute.class.getPackage().getImplementationVersion();
      return new String[] {"resolute " + (version == null ? "(not built as a jar)" : version)};
    }
  }
}
