package io.kbsserver.http;

import io.kbsserver.spec.Exchange;
import io.kbsserver.spec.SpecWatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Sends bytes that no HTTP client would send. */
final class RawHttp {

  private static final int PATIENCE_MILLIS = 60_000;

  private final int port;
  private final String from;

  RawHttp(int port) {
    this(port, "127.0.0.1");
  }

  /** A client with another address of this machine. */
  RawHttp(int port, String from) {
    this.port = port;
    this.from = from;
  }

  /** Sends the text as it is (UTF-8), and reads one answer. */
  Answer send(String request) {
    return send(request.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends these bytes, and reads one answer. */
  Answer send(byte[] bytes) {
    return converse(List.of(bytes)).get(0);
  }

  /** Sends one request after the other on one connection, and reads the answer to each. */
  List<Answer> converse(String... requests) {
    return converse(
        Arrays.stream(requests).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Sends these bytes, and reads whatever comes until the server ends the connection. */
  String readToTheEnd(String request) {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (Socket socket = new Socket(here, port, InetAddress.getByName(from), 0)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("The server goes on after " + request, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Answer> converse(List<byte[]> requests) {
    List<Answer> answers = new ArrayList<>();
    InetAddress here = InetAddress.getLoopbackAddress();
    try (Socket socket = new Socket(here, port, InetAddress.getByName(from), 0)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (byte[] bytes : requests) {
        try {
          socket.getOutputStream().write(bytes);
          socket.getOutputStream().flush();
        } catch (SocketException e) {
          // The server may answer and hang up before it has read everything.
        }
        String request = new String(bytes, StandardCharsets.UTF_8);
        String line = request.lines().findFirst().orElse("");
        Answer answer = read(line, socket.getInputStream());
        SpecWatch.see(exchange(request, answer));
        answers.add(answer);
      }
      return answers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Exchange exchange(String request, Answer answer) {
    String[] halves = request.split("\r\n\r\n", 2);
    String[] lines = halves[0].split("\r\n");
    String[] words = lines[0].split(" ");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] sides = lines[i].split(":", 2);
      headers.put(sides[0], List.of(sides[1].strip()));
    }
    return new Exchange(
        words[0],
        words.length == 3 ? words[1] : "",
        headers,
        halves.length == 2 && !halves[1].isEmpty() ? halves[1] : null,
        answer.status(),
        answer.headers(),
        answer.body());
  }

  private static Answer read(String request, InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next;
      try {
        next = in.read();
      } catch (SocketTimeoutException e) {
        throw new AssertionError("No answer to " + request, e);
      }
      if (next < 0) {
        throw new AssertionError("The server hung up on " + request + " after " + head);
      }
      head.write(next);
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    Answer answer = new Answer(request, status, headers, "");
    if (request.startsWith("HEAD ") || status == 204) {
      return answer;
    }
    String length = answer.header("Content-Length");
    byte[] body;
    if (answer.header("Transfer-Encoding").equals("chunked")) {
      body = chunks(in);
    } else {
      body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }
    if (answer.header("Content-Encoding").equals("gzip")) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    return new Answer(request, status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** A body in parts, each behind a line with its length. */
  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length;
    do {
      length = Integer.parseInt(line(in), 16);
      body.write(in.readNBytes(length));
      line(in);
    } while (length > 0);
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (!line.toString().endsWith("\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("The server hung up in the middle of a body behind " + line);
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
