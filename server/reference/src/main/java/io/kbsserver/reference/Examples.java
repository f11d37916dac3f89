package io.kbsserver.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as a program in each language, with nothing but what comes with it. They run as they
 * stand once a login is put in place, and fail where they are refused.
 */
final class Examples {

  /** The type of an answer that never ends. */
  static final String EVENTS = "text/event-stream";

  /**
   * A request.
   *
   * @param body what is sent; nothing where it is empty
   * @param type of the body
   * @param answer the type of what is answered
   */
  record Request(
      String method,
      String address,
      boolean login,
      Map<String, String> headers,
      String type,
      String body,
      String answer) {

    private boolean answersJson() {
      return answer.equals("application/json");
    }

    private boolean answersText() {
      return answer.startsWith("text/") || answer.equals("application/x-ndjson");
    }

    /** The form sends no headers of an operation's own, and shows what comes to an end. */
    boolean fitsTheForm() {
      return headers.isEmpty() && !answersEvents();
    }

    private boolean answersEvents() {
      return answer.equals(EVENTS);
    }

    private boolean hasBody() {
      return !body.isEmpty();
    }

    private Map<String, String> allHeaders() {
      Map<String, String> all = new LinkedHashMap<>();
      if (hasBody()) {
        all.put("Content-Type", type);
      }
      all.putAll(headers);
      return all;
    }
  }

  /** A program. */
  record Snippet(String language, String name, String code) {}

  private static final String QUOTES = "\"\"\"";

  private Examples() {}

  static List<Snippet> of(Request request) {
    return List.of(
        new Snippet("sh", "curl", curl(request)),
        new Snippet("js", "JavaScript", javaScript(request)),
        new Snippet("python", "Python", python(request)),
        new Snippet("php", "PHP", php(request)),
        new Snippet("java", "Java", java(request)));
  }

  private static String curl(Request request) {
    List<String> lines = new ArrayList<>();
    String first = "curl --fail-with-body";
    if (request.login()) {
      first += " --user login:password";
    }
    if (!request.method().equals("GET")) {
      first += " --request " + request.method();
    }
    if (request.answersEvents()) {
      first += " --no-buffer";
    } else if (!request.answersJson() && !request.answersText()) {
      first += " --output file";
    }
    lines.add(first);
    lines.add(shell(request.address()));
    request
        .allHeaders()
        .forEach((name, value) -> lines.add("--header " + shell(name + ": " + value)));
    if (request.hasBody()) {
      lines.add("--data-binary " + shell(request.body()));
    }
    return String.join(" \\\n  ", lines);
  }

  private static String shell(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String javaScript(Request request) {
    StringBuilder code = new StringBuilder();
    if (!request.answersJson() && !request.answersText()) {
      code.append("import { writeFile } from 'node:fs/promises';\n\n");
    }
    List<String> headers = new ArrayList<>();
    if (request.login()) {
      code.append("const login = new TextEncoder().encode('login:password');\n");
      headers.add("Authorization: 'Basic ' + btoa(String.fromCharCode(...login)),");
    }
    code.append("const answer = await fetch(").append(quoted(request.address()));
    request
        .allHeaders()
        .forEach((name, value) -> headers.add("'" + name + "': " + quoted(value) + ","));
    code.append(", {\n");
    if (!request.method().equals("GET")) {
      code.append("  method: '").append(request.method()).append("',\n");
    }
    if (!headers.isEmpty()) {
      code.append("  headers: {\n    ").append(String.join("\n    ", headers)).append("\n  },\n");
    }
    if (request.hasBody()) {
      code.append("  body: ");
      if (request.type().equals("application/json")) {
        code.append("JSON.stringify(").append(request.body().replace("\n", "\n  ")).append(")");
      } else {
        code.append(PrintedContract.json(request.body()));
      }
      code.append(",\n");
    }
    code.append("});\nif (!answer.ok) throw new Error(await answer.text());\n");
    if (request.answersJson()) {
      code.append("console.log(await answer.json());");
    } else if (request.answersText()) {
      code.append(
          """
          const text = answer.body.pipeThrough(new TextDecoderStream());
          for await (const part of text) console.log(part);""");
    } else {
      code.append("await writeFile('file', answer.body);");
    }
    return code.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String python(Request request) {
    StringBuilder code = new StringBuilder();
    if (request.login()) {
      code.append("import base64\n");
    }
    if (request.answersJson()) {
      code.append("import json\n");
    }
    code.append("import urllib.request\n\nrequest = urllib.request.Request(\n    ");
    code.append(PrintedContract.json(request.address())).append(",\n");
    code.append("    method=\"").append(request.method()).append("\",\n");
    if (request.hasBody()) {
      code.append("    data=r").append(QUOTES).append(request.body()).append(QUOTES);
      code.append(".encode(),\n");
    }
    code.append("    headers={\n");
    if (request.login()) {
      code.append(
          "        \"Authorization\": \"Basic \""
              + " + base64.b64encode(\"login:password\".encode()).decode(),\n");
    }
    request
        .allHeaders()
        .forEach(
            (name, value) ->
                code.append("        \"" + name + "\": " + PrintedContract.json(value) + ",\n"));
    code.append("    },\n)\nwith urllib.request.urlopen(request) as answer:\n");
    if (request.answersJson()) {
      code.append("    print(json.load(answer))");
    } else if (request.answersText()) {
      code.append("    for line in answer:\n        print(line.decode(), end=\"\")");
    } else {
      code.append("    with open(\"file\", \"wb\") as file:\n        file.write(answer.read())");
    }
    return code.toString();
  }

  private static String php(Request request) {
    StringBuilder code = new StringBuilder("<?php\n$request = curl_init(");
    code.append(quoted(request.address())).append(");\ncurl_setopt_array($request, [\n");
    if (request.login()) {
      code.append("    CURLOPT_USERPWD => 'login:password',\n");
    }
    if (!request.method().equals("GET")) {
      code.append("    CURLOPT_CUSTOMREQUEST => '").append(request.method()).append("',\n");
    }
    if (!request.allHeaders().isEmpty()) {
      code.append("    CURLOPT_HTTPHEADER => [\n");
      request
          .allHeaders()
          .forEach(
              (name, value) ->
                  code.append("        ").append(quoted(name + ": " + value)).append(",\n"));
      code.append("    ],\n");
    }
    if (request.hasBody()) {
      code.append("    CURLOPT_POSTFIELDS => <<<'BODY'\n");
      code.append(request.body()).append("\nBODY,\n");
    }
    code.append("    CURLOPT_FAILONERROR => true,\n");
    if (request.answersJson()) {
      code.append("    CURLOPT_RETURNTRANSFER => true,\n");
    } else if (!request.answersText()) {
      code.append("    CURLOPT_FILE => fopen('file', 'wb'),\n");
    }
    code.append("]);\n");
    code.append(
        request.answersJson() ? "$answer = curl_exec($request);\n" : "curl_exec($request);\n");
    code.append(
        "if (curl_errno($request)) {\n    throw new RuntimeException(curl_error($request));\n}\n");
    if (request.answersJson()) {
      code.append("print_r(json_decode($answer));");
    }
    return code.toString().stripTrailing();
  }

  private static String java(Request request) {
    StringBuilder code = new StringBuilder("import java.net.URI;\n");
    code.append("import java.net.http.HttpClient;\nimport java.net.http.HttpRequest;\n");
    code.append("import java.net.http.HttpResponse;\n");
    boolean file = !request.answersJson() && !request.answersText();
    if (request.login()) {
      code.append("import java.nio.charset.StandardCharsets;\n");
    }
    if (file) {
      code.append("import java.nio.file.Path;\n");
    }
    if (request.login()) {
      code.append("import java.util.Base64;\n");
    }
    code.append("\nclass Example {\n  public static void main(String[] args) throws Exception {\n");
    if (request.login()) {
      code.append("    byte[] login = \"login:password\".getBytes(StandardCharsets.UTF_8);\n");
      code.append("    String basic = \"Basic \" + Base64.getEncoder().encodeToString(login);\n");
    }
    code.append("    HttpRequest request =\n        HttpRequest.newBuilder(URI.create(");
    code.append(PrintedContract.json(request.address())).append("))\n");
    if (request.login()) {
      code.append("            .header(\"Authorization\", basic)\n");
    }
    request
        .allHeaders()
        .forEach(
            (name, value) ->
                code.append(
                    "            .header(\""
                        + name
                        + "\", "
                        + PrintedContract.json(value)
                        + ")\n"));
    if (request.hasBody()) {
      code.append("            .method(\"").append(request.method());
      code.append("\", HttpRequest.BodyPublishers.ofString(").append(QUOTES).append("\n");
      code.append(
          request
              .body()
              .lines()
              .map(line -> "                " + line.replace("\\", "\\\\"))
              .collect(Collectors.joining("\n")));
      code.append(QUOTES).append("))\n");
    } else if (!request.method().equals("GET")) {
      code.append("            .method(\"").append(request.method());
      code.append("\", HttpRequest.BodyPublishers.noBody())\n");
    }
    code.append("            .build();\n");
    String handler =
        request.answersJson()
            ? "ofString()"
            : request.answersText() ? "ofLines()" : "ofFile(Path.of(\"file\"))";
    code.append("    var answer =\n        HttpClient.newHttpClient()\n");
    code.append("            .send(request, HttpResponse.BodyHandlers.").append(handler);
    code.append(");\n    if (answer.statusCode() >= 400) {\n");
    code.append("      throw new IllegalStateException(answer.toString());\n    }\n");
    if (request.answersText()) {
      code.append("    answer.body().forEach(System.out::println);\n");
    } else {
      code.append("    System.out.println(answer.body());\n");
    }
    return code.append("  }\n}").toString();
  }
}
