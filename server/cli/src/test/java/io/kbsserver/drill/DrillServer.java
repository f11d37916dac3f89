package io.kbsserver.drill;

import io.kbsserver.cli.Main;
import io.kbsserver.testing.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/**
 * A server as a process of its own, whose port stays the same when it is started again.
 *
 * @param process the process that runs now
 * @param port where it listens
 * @param environment what it was started with
 */
record DrillServer(ChildProcess process, int port, Map<String, String> environment)
    implements AutoCloseable {

  static DrillServer start(Map<String, String> environment)
      throws IOException, InterruptedException {
    return start(freePort(), environment);
  }

  /** A port that nothing listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static DrillServer start(int port, Map<String, String> environment)
      throws InterruptedException {
    ChildProcess process =
        ChildProcess.start(
            Main.class,
            ChildProcess.classPath(),
            environment,
            "serve",
            "--port",
            String.valueOf(port));
    process.awaitLine("Stop it with Ctrl-C");
    return new DrillServer(process, port, environment);
  }

  /** The same after it has ended. */
  DrillServer again() throws InterruptedException {
    return start(port, environment);
  }

  /** The processes of its built-in database. */
  List<ProcessHandle> databases() {
    return ProcessHandle.of(process.id()).stream().flatMap(ProcessHandle::descendants).toList();
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
