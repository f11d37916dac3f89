package io.kbsserver.cli;

import io.kbsserver.contract.ContractFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/** {@code kbs-server version}: what to name when something is reported. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Print the versions of program, contract and Java, and the commit.")
final class VersionCommand implements Callable<Integer> {
  /** In the head of the contract, where its title is. */
  private static final Pattern CONTRACT = Pattern.compile("(?m)^  version: (\\S+)$");

  private static final String COMMIT_FILE = "/META-INF/kbs-server/commit.properties";

  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    PrintStream out = session.terminal().out();
    out.println("kbs-server " + KbsServer.ProgramVersion.number());
    out.println("contract   " + contract());
    out.println("commit     " + commit());
    out.println(
        "Java       "
            + System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vendor")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ")");
    return 0;
  }

  private static String contract() {
    Matcher version = CONTRACT.matcher(new String(ContractFile.packaged(), StandardCharsets.UTF_8));
    return version.find() ? version.group(1) : "(unknown)";
  }

  /** The build writes it where it is made from a repository. */
  static String commit() {
    Properties properties = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream(COMMIT_FILE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = properties.getProperty("git.commit.id", "");
    return commit.isBlank() ? "(not built from a repository)" : commit;
  }
}
