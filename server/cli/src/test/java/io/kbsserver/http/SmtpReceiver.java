package io.kbsserver.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP server that fails as it is told, which GreenMail does not. It keeps what it has taken.
 */
public final class SmtpReceiver implements AutoCloseable {

  private final ServerSocket server;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = (step, address) -> "250 OK";

  /** What it does when it is asked for something. */
  @FunctionalInterface
  public interface Behaviour {
    /**
     * What to answer.
     *
     * @param step {@code RCPT}, {@code DATA} before the mail comes, {@code END} when it has come
     * @param address whom it is for
     * @return a line; an empty one hangs up, at {@code END} with the mail taken
     */
    String answer(String step, String address);
  }

  /** A mail as it came. */
  public record Taken(String address, String message) {

    /** A header without what it is called; empty where there is none. */
    public String header(String name) {
      return message
          .replaceAll("\r\n[ \t]+", " ")
          .lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** One that listens on any free port. */
  public SmtpReceiver() {
    this(0);
  }

  /** One that listens on a port of this machine. */
  public SmtpReceiver(int port) {
    try {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "smtp receiver");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url() {
    return "smtp://127.0.0.1:" + port();
  }

  public void behave(Behaviour wanted) {
    behaviour = wanted;
  }

  /** All that it has taken, whether the sender was told or not. */
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  /** What it has taken for an address. */
  public List<Taken> taken(String address) {
    return taken.stream().filter(mail -> mail.address().equals(address)).toList();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        daemon(() -> talk(socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      say(out, "220 receiver ready");
      String address = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
        String answer;
        switch (verb) {
          case "EHLO", "HELO", "MAIL", "RSET", "NOOP" -> answer = "250 OK";
          case "RCPT" -> {
            address = line.replaceAll(".*<(.*)>.*", "$1");
            answer = behaviour.answer(verb, address);
          }
          case "DATA" -> {
            answer = behaviour.answer(verb, address);
            if (answer.startsWith("250")) {
              say(out, "354 go on");
              String message = message(in);
              answer = behaviour.answer("END", address);
              if (answer.isEmpty() || answer.startsWith("250")) {
                taken.add(new Taken(address, message));
              }
            }
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> answer = "500 What?";
        }
        if (answer.isEmpty()) {
          return;
        }
        say(out, answer);
      }
    } catch (IOException e) {
      // The sender has gone.
    } finally {
      open.remove(socket);
    }
  }

  private static String message(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("The mail was not whole");
      }
      message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return message.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
