package io.kbsserver.cli;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableTest {
  private static final Path HOUSE = Path.of("../..").toAbsolutePath().normalize();

  @ParameterizedTest
  @CsvSource({"17,17", "3KB,3072", "64MB,67108864", "' 2GB ',2147483648"})
  void aSizeIsInBytesOrHasAUnit(String text, long bytes) {
    assertEquals(bytes, Variable.MAX_REQUEST_SIZE.read(text));
    assertEquals(bytes, Variable.MAX_FILE_SIZE.read(text));
  }

  @ParameterizedTest
  @CsvSource({"100ms,0.100", "5s,5", "' 20s ',20", "2500ms,2.500"})
  void aTimeHasAUnit(String text, String seconds) {
    assertEquals(seconds, Variable.QUERY_TIMEOUT.read(text));
  }

  @ParameterizedTest
  @CsvSource({"250ms,250ms", "' 2s ',2s", "0,0s", "0s,0s"})
  void noSlowStatementIsAsGoodAsATime(String text, String time) {
    assertEquals(time, Variable.SLOW_QUERY.read(text));
  }

  @ParameterizedTest
  @CsvSource({
    "QUERY_TIMEOUT,5",
    "QUERY_TIMEOUT,0s",
    "QUERY_TIMEOUT,99ms",
    "QUERY_TIMEOUT,21s",
    "QUERY_TIMEOUT,for ever",
    "SLOW_QUERY,1",
    "SLOW_QUERY,-1s",
    "SLOW_QUERY,never",
    "MAX_TEXT_LENGTH,0",
    "MAX_TEXT_LENGTH,1MB",
    "MAX_TEXT_LENGTH,1048577",
    "MAX_CONNECTIONS,0",
    "MAX_CONNECTIONS,many",
    "MAX_BODY_SIZE,-1",
    "MAX_BODY_SIZE,0",
    "MAX_REQUEST_SIZE,0MB",
    "MAX_REQUEST_SIZE,lots",
    "MAX_REQUEST_SIZE,-1",
    "MAX_FILE_SIZE,12XB",
    "MAX_FILE_SIZE,1.5MB",
    "MAX_FILE_SIZE,9999999999",
    "MAX_FILES,-1",
    "MAX_FILES,few",
    "TEMP_DIR,/no/such/folder",
    "PORT,eighty",
    "PORT,65536",
    "PORT,-1",
    "MANAGEMENT_PORT,0",
    "MANAGEMENT_PORT,65536",
    "PORT,tcp://10.0.0.1:80",
    "PUBLIC_URL,help.example.com",
    "TRUSTED_PROXIES,everybody",
    "DATABASE_CONNECTIONS,0",
    "DATABASE_MEMORY,31MB",
    "DATABASE_MEMORY,1TB",
    "DATABASE_MEMORY,half",
    "SMTP_URL,mail.example.com",
    "SMTP_URL,http://mail.example.com",
    "SMTP_URL,smtp://desk:secret@mail.example.com",
    "SMTP_URL,smtp://mail.example.com/box",
    "SMTP_URL,smtp://mail.example.com:0",
    "SMTP_URL,smtp://mail.example.com:65536",
    "IMAP_URL,mail.example.com",
    "IMAP_URL,pop3://mail.example.com",
    "IMAP_URL,imaps://desk:secret@mail.example.com",
    "IMAP_URL,imaps://mail.example.com/INBOX",
    "IMAP_FOLDER,Tickets%",
    "IMAP_AUTHSERV_ID,mail.example.com; dmarc=pass",
    "MAIL_MODE,on",
    "FILES_URL,/var/files",
    "FILES_URL,s3://B",
    "FILES_URL,s3://bucket//twice",
    "FILES_ENDPOINT,store.example",
    "FILES_ENDPOINT,ftp://store.example",
    "FILES_ENDPOINT,https://user@store.example",
    "FILES_REGION,Frankfurt am Main",
    "FILES_PATH_STYLE,yes",
    "DATABASE_CONNECTIONS,many",
    "LOG_LEVEL,loud",
    "LIBRARY_LOG_LEVEL,1"
  })
  void whatCannotBeReadIsNamed(Variable setting, String value) {
    Exception mistake =
        assertThrows(StartupFailure.class, () -> setting.read(value), setting::variable);
    assertTrue(mistake.getMessage().startsWith(setting.variable() + " "), mistake::getMessage);
    String shown = value.replaceFirst("//.*@", "//***@");
    assertTrue(mistake.getMessage().endsWith(": " + shown), mistake::getMessage);
  }

  @Test
  void aFolderIsOne(@TempDir Path folder) {
    assertEquals(folder.toString(), Variable.TEMP_DIR.read(folder.toString()));
  }

  /** A variable that the program reads but does not know would be warned about, or not checked. */
  @Test
  void allThatAreReadAreKnownAndExplained() throws IOException {
    Set<String> known =
        Arrays.stream(Variable.values())
            .map(Variable::variable)
            .collect(toCollection(TreeSet::new));
    String document = Files.readString(HOUSE.resolve("docs/operating.md"));
    Set<String> explained = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `(KBS_[A-Z_]+)` ").matcher(document);
    while (row.find()) {
      explained.add(row.group(1));
    }
    assertEquals(known, explained, "the table of docs/operating.md");
    Set<String> read = new TreeSet<>();
    for (String room : List.of("app", "cli", "storage", "text", "wordpress", "compare")) {
      try (Stream<Path> files = Files.walk(HOUSE.resolve("server/" + room + "/src/main"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher name =
              Pattern.compile("[\"${](KBS_[A-Z_]*[A-Z])\\b").matcher(Files.readString(file));
          while (name.find()) {
            read.add(name.group(1));
          }
        }
      }
    }
    read.removeAll(known);
    assertEquals(Set.of(), read, "read, but not in Variable");
  }

  /** What Micronaut takes from the environment by itself is not in the configuration file. */
  @Test
  void noneIsReadPastTheConfigurationFile() throws IOException {
    String settings =
        Files.readString(HOUSE.resolve("server/app/src/main/resources/application.yml"));
    assertFalse(settings.contains("${KBS_"), settings);
  }

  @Test
  void aMistakeIsToldBeforeTheServerStarts() {
    CommandLineRun run = CommandLineRun.of(Map.of("KBS_MAX_FILES", "few"), "serve");
    assertEquals(1, run.exitCode());
    assertEquals("kbs-server: KBS_MAX_FILES is no whole number: few\n", run.err());
  }
}
