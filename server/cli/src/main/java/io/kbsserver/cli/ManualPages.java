package io.kbsserver.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Writes what {@code man} shows: a page for each command, of the texts that its {@code --help} has.
 * The build runs it; picocli itself makes AsciiDoc, of which only a Ruby inside of Java makes
 * pages.
 */
public final class ManualPages {
  private static final String FIRST_COMMAND = "kbs-server";

  private ManualPages() {}

  /** Writes them into a folder. */
  public static void main(String[] args) throws IOException {
    // The machine of the build is not that of the reader, and its terminal has colours.
    System.setProperty(KbsServer.SHOWN_DATA_FOLDER, "~/.local/share/kbs-server");
    CommandLine commands = commands().setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    write(FIRST_COMMAND, commands, Files.createDirectories(Path.of(args[0])));
  }

  /** All commands, to be looked at and not to be run. */
  static CommandLine commands() {
    Terminal terminal =
        new Terminal(
            Map.of(),
            InputStream.nullInputStream(),
            System.out,
            System.err,
            false,
            0,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    return KbsServer.commandLine(
        new Session(terminal, Termination.unwatched(), Configuration.of(Map.of())));
  }

  private static void write(String name, CommandLine command, Path folder) throws IOException {
    Files.writeString(folder.resolve(name + ".1"), page(name, command));
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      write(name + "-" + below.getKey(), below.getValue(), folder);
    }
  }

  private static String page(String name, CommandLine command) {
    Help help = command.getHelp();
    UsageMessageSpec texts = command.getCommandSpec().usageMessage();
    String summary = (texts.header().length > 0 ? texts.header() : texts.description())[0];
    String version = "kbs-server " + KbsServer.ProgramVersion.number();
    StringBuilder page = new StringBuilder();
    page.append(".TH \"%s\" 1 \"\" \"%s\" \"KBS Server\"%n".formatted(roff(name), roff(version)));
    page.append(".SH NAME\n").append(roff(name + " - " + summary)).append('\n');
    section(page, "SYNOPSIS", help.synopsis(0));
    section(page, "DESCRIPTION", help.description());
    section(page, "OPTIONS", help.parameterList() + help.optionList());
    section(page, "COMMANDS", help.commandList());
    section(page, "NOTES", help.footerHeading() + help.footer());
    if (!command.getSubcommands().isEmpty()) {
      String pages =
          command.getSubcommands().keySet().stream()
              .map(below -> name + "-" + below + "(1)")
              .collect(Collectors.joining(", "));
      page.append(".SH SEE ALSO\n").append(roff(pages)).append('\n');
    }
    return page.toString();
  }

  /** Lines that stand as they are: picocli has broken them already. */
  private static void section(StringBuilder page, String title, String text) {
    if (!text.isBlank()) {
      String lines =
          Arrays.stream(text.stripTrailing().replaceFirst("^(\\s*\\R)+", "").split("\\R"))
              .map(ManualPages::roff)
              .collect(Collectors.joining("\n"));
      page.append(".SH ").append(title).append("\n.nf\n").append(lines).append("\n.fi\n");
    }
  }

  /** A text of which nothing is taken for a request. */
  private static String roff(String line) {
    return line.replace("\\", "\\e").replace("-", "\\-").replaceFirst("^(?=[.'])", "\\\\&");
  }
}
