package io.kbsserver.generators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.openapi.generator.PublicMicronautServerCodegen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** Code that was right for a contract does not compile when the contract asks for more. */
class LaggingCodeTest {

  /** Written against {@code things.yaml} as it stands. */
  private static final String CODE =
      """
      package made;

      import io.micronaut.http.HttpResponse;
      import java.util.List;
      import made.model.*;

      class ThingsController implements ThingsApi {

        static final OperationId LINKED = OperationId.UPDATE_THING;

        @Override
        public HttpResponse<List<Thing>> listThings(ListThingsParameters parameters) {
          Long sign = switch (parameters.order()) {
            case ASC -> 1L;
            case DESC -> -1L;
          };
          return HttpResponse.ok(List.of(thing(parameters.offset() * sign, LINKED.path())));
        }

        @Override
        public HttpResponse<Thing> updateThing(
            Long id, UpdateThingParameters parameters, ThingUpdate body) {
          return HttpResponse.ok(thing(id, body.name()));
        }

        private static Thing thing(Long id, String name) {
          return Thing.builder().id(id).name(name).links("a")._links("a").note("b").build();
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void itCompilesWithItsContract() throws IOException {
    assertEquals(List.of(), errors("", ""));
  }

  @Test
  void aNewRequiredFieldOfAnAnswerHasToBeGiven() throws IOException {
    assertRefused(
        errors("required: [id, name, links, _links]", "required: [id, name, note, links, _links]"),
        "cannot find symbol symbol: method links(java.lang.String)"
            + " location: interface made.model.Thing.NoteStep");
  }

  @Test
  void aNewValueHasToBeTreated() throws IOException {
    assertRefused(
        errors("enum: [asc, desc]", "enum: [asc, desc, random]"),
        "the switch expression does not cover all possible input values");
  }

  @Test
  void aNewOperationHasToBeImplemented() throws IOException {
    assertRefused(
        errors(
            "  /things:\n",
            """
              /things:
                delete:
                  operationId: deleteThings
                  tags: [Things]
                  responses: {'204': {description: They are gone.}}
            """),
        "is not abstract and does not override abstract method");
  }

  @Test
  void anOperationThatIsGoneIsNeitherImplementedNorLinked() throws IOException {
    List<String> errors = errors("operationId: updateThing", "operationId: changeThing");
    assertRefused(errors, "method does not override or implement a method from a supertype");
    assertRefused(errors, "symbol: variable UPDATE_THING");
  }

  @Test
  void aParameterThatIsGoneOrOfAnotherTypeIsNotRead() throws IOException {
    assertRefused(errors("name: offset", "name: skipped"), "symbol: method offset()");
    assertRefused(
        errors("schema: {type: integer, format: int64}", "schema: {type: string}"),
        "bad operand types for binary operator '*'");
  }

  /** Nothing in the code is wrong then; that all parameters are read is a rule of the house. */
  @Test
  void aNewParameterOrOptionalFieldChangesNothing() throws IOException {
    assertEquals(
        List.of(),
        errors(
            "        - name: offset\n",
            """
                    - name: search
                      in: query
                      schema: {type: string}
                    - name: offset
            """));
    assertEquals(
        List.of(),
        errors("      properties:\n", "      properties:\n        more: {type: string}\n"));
  }

  private static void assertRefused(List<String> errors, String reason) {
    assertTrue(errors.stream().anyMatch(error -> error.contains(reason)), errors::toString);
  }

  /** What the compiler says of the code when something of the contract is replaced. */
  private List<String> errors(String found, String replacement) throws IOException {
    return compile(made(found, replacement), CODE);
  }

  /** Generates from the contract with something of it replaced. */
  private Path made(String found, String replacement) throws IOException {
    String contract = contract();
    assertTrue(contract.contains(found), found);
    Path made = Files.createTempDirectory(folder, "made");
    Path spec =
        Files.writeString(
            made.resolve("things.yaml"),
            contract.replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(replacement)));
    generate(spec, made);
    return made;
  }

  private static String contract() throws IOException {
    try (InputStream file = LaggingCodeTest.class.getResourceAsStream("/things.yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void generate(Path spec, Path target) {
    CodegenConfigurator options =
        new CodegenConfigurator()
            .setGeneratorName(PublicMicronautServerCodegen.class.getName())
            .setInputSpec(spec.toString())
            .setOutputDir(target.toString())
            .setApiPackage("made")
            .setModelPackage("made.model")
            .addGlobalProperty("apis", "")
            .addGlobalProperty("models", "")
            .addGlobalProperty("apiDocs", "false")
            .addGlobalProperty("apiTests", "false")
            .addGlobalProperty("modelDocs", "false")
            .addGlobalProperty("modelTests", "false")
            .addGlobalProperty("supportingFiles", "OperationId.java");
    Map.of(
            "reactive", "false",
            "generateHttpResponseAlways", "true",
            "generateControllerAsAbstract", "true",
            "useAuth", "false",
            "useBeanValidation", "false",
            "generateSwaggerAnnotations", "false",
            "generatedAnnotation", "false",
            "generateEnumConverters", "false")
        .forEach(options::addAdditionalProperty);
    new DefaultGenerator().opts(options.toClientOptInput()).generate();
  }

  private static List<String> compile(Path made, String code) throws IOException {
    Path sources = made.resolve("src/main/java");
    Files.writeString(sources.resolve("made/ThingsController.java"), code);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null);
        Stream<Path> all = Files.walk(sources)) {
      List<String> arguments =
          List.of(
              "-proc:none", "-d", made.toString(), "-cp", System.getProperty("java.class.path"));
      List<Path> units = all.filter(file -> file.toString().endsWith(".java")).toList();
      compiler
          .getTask(null, files, found, arguments, null, files.getJavaFileObjectsFromPaths(units))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH).replaceAll("\\s+", " "))
        .toList();
  }
}
