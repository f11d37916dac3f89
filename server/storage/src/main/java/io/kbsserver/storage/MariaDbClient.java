package io.kbsserver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * MariaDB's own programs, which write and read its SQL, on a schema of the built-in database.
 *
 * @param program where they are unpacked
 * @param url the schema
 * @param user who connects
 * @param password that user's password
 */
record MariaDbClient(MariaDbProgram program, ConnectionUrl url, String user, String password) {
  private static final int BUFFER = 64 * 1024;
  private static final Pattern REASON = Pattern.compile("ERROR \\d+ ");

  /** Bytes out of the program or into it, by a thread of its own: who waits can be interrupted. */
  @FunctionalInterface
  private interface Transfer {
    void with(Process process) throws IOException;
  }

  /** Writes the schema as it is at one moment, while others go on writing to it. */
  void dump(OutputStream out) throws IOException {
    run(
        "mariadb-dump",
        List.of(
            "--single-transaction",
            "--quick",
            "--hex-blob",
            // Whoever reads it elsewhere needs no right to lock tables or to make tablespaces.
            "--skip-add-locks",
            "--no-tablespaces"),
        process -> {
          try (InputStream written = process.getInputStream()) {
            written.transferTo(out);
          }
        });
  }

  /** Carries such a dump out; the first statement that fails ends it. */
  void load(InputStream sql) throws IOException {
    run(
        "mariadb",
        // A dump is statements and nothing else: no command of the client's is carried out.
        List.of("--batch", "--binary-mode", "--sandbox"),
        process -> {
          OutputStream read = process.getOutputStream();
          try {
            byte[] buffer = new byte[BUFFER];
            for (int length = sql.read(buffer); length >= 0; length = sql.read(buffer)) {
              if (!accepts(read, buffer, length)) {
                return;
              }
            }
          } finally {
            close(read);
          }
        });
  }

  /** A program that does not read on has ended, and says why. */
  private static boolean accepts(OutputStream program, byte[] buffer, int length) {
    try {
      program.write(buffer, 0, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the stream still holds goes out here: that may be what the program does not read. */
  private static void close(OutputStream program) {
    try {
      program.close();
    } catch (IOException e) {
      // Its exit code decides, and what it says.
    }
  }

  private void run(String name, List<String> options, Transfer transfer) throws IOException {
    String[] address = url.hosts().split(":");
    List<String> command = new ArrayList<>();
    command.add(program.client(name).toString());
    command.add("--no-defaults");
    command.addAll(
        List.of(
            "--protocol=tcp",
            "--host=" + address[0],
            "--port=" + address[1],
            "--user=" + user,
            "--skip-ssl",
            "--default-character-set=utf8mb4",
            "--max-allowed-packet=1G"));
    command.addAll(options);
    command.add(url.schema());
    ProcessBuilder builder = new ProcessBuilder(command).directory(program.home().toFile());
    builder.environment().put("MYSQL_PWD", password);
    Process process = builder.start();
    FutureTask<Void> transferred =
        begun(
            name,
            () -> {
              transfer.with(process);
              return null;
            });
    FutureTask<String> complaints =
        begun(
            name + " errors",
            () ->
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip());
    try {
      transferred.get();
      if (process.waitFor() != 0) {
        throw new StartupFailure(
            "The built-in database refuses: " + complaint(complaints.get(), process.exitValue()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("Stopped before it was done", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      process.destroyForcibly();
      awaitEnd(transferred);
    }
  }

  /** Before its reason, the client shows the statement, which may hold what customers wrote. */
  private static String complaint(String said, int exitCode) {
    return said.lines()
        .filter(line -> REASON.matcher(line).lookingAt())
        .findFirst()
        .or(() -> said.lines().findFirst())
        .orElse(exitCode + " is the exit code of its client");
  }

  private static <T> FutureTask<T> begun(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Nothing is written any more to what the caller is about to close. */
  private static void awaitEnd(FutureTask<?> transferred) {
    boolean interrupted = Thread.interrupted();
    try {
      transferred.get(2, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Said already, or blocked by who does not read on.
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
