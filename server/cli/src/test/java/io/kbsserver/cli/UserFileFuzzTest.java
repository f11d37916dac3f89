package io.kbsserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kbsserver.access.UserAccounts.NewAccount;
import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A file of users is refused in a sentence, or read so that the same could be written again. */
class UserFileFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void whatIsReadCanBeWrittenAndReadAgain(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("users", ".csv");
    try {
      Files.write(file, bytes);
      Optional<List<NewAccount>> accounts = read(file);
      if (accounts.isPresent()) {
        String again =
            accounts.get().stream()
                .map(
                    one ->
                        List.of(one.login(), one.email(), one.role(), one.displayName()).stream()
                            .map(UserFile::cell)
                            .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "login,email,role,name\n", "\n"));
        Files.writeString(file, again);
        assertEquals(named(accounts), named(read(file)), again);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Optional<List<NewAccount>> read(Path file) {
    try {
      return Optional.of(UserFile.read(file.toString(), InputStream.nullInputStream()));
    } catch (StartupFailure e) {
      assertFalse(e.getMessage().isBlank());
      return Optional.empty();
    }
  }

  /** Without the lines, which are others. */
  private static Optional<List<String>> named(Optional<List<NewAccount>> accounts) {
    return accounts.map(
        all ->
            all.stream()
                .map(
                    one ->
                        String.join("\0", one.login(), one.email(), one.role(), one.displayName()))
                .toList());
  }
}
