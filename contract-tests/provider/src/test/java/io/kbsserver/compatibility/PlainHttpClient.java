package io.kbsserver.compatibility;

import io.kbsserver.compare.EncodedTarget;
import io.kbsserver.compare.SiteAnswer;
import io.kbsserver.spec.SpecWatch;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A client that sends what it is told, however odd: any method, any path, any header, and a body
 * with a GET. The JDK's client refuses some of that.
 */
final class PlainHttpClient implements AutoCloseable {

  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;
  private Socket socket;
  private InputStream in;

  PlainHttpClient(int port) {
    this.port = port;
  }

  /** Sends a recorded request and waits for the answer. */
  SiteAnswer send(RecordedExchange.Request request) throws IOException {
    SiteAnswer answer = answer(request);
    SpecWatch.see(
        new io.kbsserver.spec.Exchange(
            request.method(),
            EncodedTarget.of(request.path()),
            lists(request.headers()),
            request.body(),
            answer.status(),
            lists(answer.headers()),
            answer.body() == null ? "" : answer.body().toString()));
    return answer;
  }

  private SiteAnswer answer(RecordedExchange.Request request) throws IOException {
    byte[] message = message(request);
    boolean reused = socket != null;
    try {
      return exchange(message, request.method());
    } catch (IOException e) {
      close();
      if (!reused) {
        throw e;
      }
      // The server may have closed a connection that was idle.
      return exchange(message, request.method());
    }
  }

  private static Map<String, List<String>> lists(Map<String, String> headers) {
    return headers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
  }

  private SiteAnswer exchange(byte[] message, String method) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    OutputStream out = socket.getOutputStream();
    out.write(message);
    out.flush();
    return answer(method);
  }

  private byte[] message(RecordedExchange.Request request) throws IOException {
    byte[] body = body(request.body());
    StringBuilder head = new StringBuilder();
    head.append(request.method())
        .append(' ')
        .append(EncodedTarget.of(request.path()))
        .append(" HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (body.length > 0 || METHODS_WITH_BODY.contains(request.method())) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(head.toString().getBytes(StandardCharsets.UTF_8));
    message.write(body);
    return message.toByteArray();
  }

  /** The recorder could not write down a byte that is no UTF-8: U+FFFD stands for it. */
  private static byte[] body(String text) throws IOException {
    if (text == null) {
      return new byte[0];
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String[] parts = text.split("\uFFFD", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        body.write(0xFF);
      }
      body.write(parts[i].getBytes(StandardCharsets.UTF_8));
    }
    return body.toByteArray();
  }

  private SiteAnswer answer(String method) throws IOException {
    String[] statusLine = line().split(" ", 3);
    int status = Integer.parseInt(statusLine[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (first, second) -> first + ", " + second);
    }
    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
    byte[] body = bodiless ? new byte[0] : body(headers);
    if ("close".equalsIgnoreCase(headers.get("connection"))) {
      close();
    }
    return SiteAnswer.of(status, headers, body);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.write(bytes(size));
        line();
      }
      line();
      return body.toByteArray();
    }
    return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("The answer ends in its body");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The answer ends in its head");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
