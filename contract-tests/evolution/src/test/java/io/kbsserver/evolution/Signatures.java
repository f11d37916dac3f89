package io.kbsserver.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the generated code offers to the code that is written against it, as lines of text. */
final class Signatures {

  private static final String ROOT = "io/kbsserver/api";

  private Signatures() {}

  /** Of all classes that stand beside the given one or below it, ordered by name. */
  static List<String> of(Class<?> generated) {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : classes(generated)) {
      lines.add(annotations(type) + kind(type) + " " + type.getName());
      if (type.isEnum()) {
        Arrays.stream(type.getEnumConstants()).forEach(value -> lines.add("  = " + value));
      }
      Stream.of(
              Arrays.stream(type.getDeclaredFields())
                  .filter(field -> !Modifier.isStatic(field.getModifiers()))
                  .map(Signatures::field),
              Arrays.stream(type.getDeclaredConstructors())
                  .filter(constructor -> !type.isEnum())
                  .map(constructor -> executable(constructor, type.getSimpleName())),
              Arrays.stream(type.getDeclaredMethods())
                  .filter(method -> Modifier.isPublic(method.getModifiers()))
                  .filter(method -> !method.isSynthetic())
                  // A record has for each field a method of that name.
                  .filter(method -> !type.isRecord() || Modifier.isStatic(method.getModifiers()))
                  .map(Signatures::method))
          .flatMap(members -> members.sorted())
          .forEach(member -> member.lines().forEach(line -> lines.add("  " + line)));
    }
    return lines;
  }

  private static String kind(Class<?> type) {
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static String field(Field field) {
    return annotations(field) + named(field.getGenericType()) + " " + field.getName();
  }

  private static String method(Method method) {
    String modifier = Modifier.isStatic(method.getModifiers()) ? "static " : "";
    return executable(
        method, modifier + named(method.getGenericReturnType()) + " " + method.getName());
  }

  /** Several parameters stand on a line each, with the name of the method: for diffs to read. */
  private static String executable(Executable executable, String name) {
    String simpleName = name.substring(name.lastIndexOf(' ') + 1);
    boolean several = executable.getParameterCount() > 1;
    return annotations(executable)
        + Arrays.stream(executable.getParameters())
            .map(Signatures::parameter)
            .map(parameter -> several ? "%n  %s: %s".formatted(simpleName, parameter) : parameter)
            .collect(Collectors.joining("", name + "(", ")"));
  }

  private static String parameter(Parameter parameter) {
    return annotations(parameter)
        + named(parameter.getParameterizedType())
        + " "
        + parameter.getName();
  }

  private static String named(Type type) {
    return type.getTypeName().replaceAll("\\b[a-z][\\w.]*\\.(?=[A-Z])", "");
  }

  private static String annotations(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .map(annotation -> annotation(annotation) + " ")
        .sorted()
        .collect(Collectors.joining());
  }

  /** With the values that are not the default, so that it is the same on every JDK. */
  private static String annotation(Annotation annotation) {
    String values =
        Arrays.stream(annotation.annotationType().getDeclaredMethods())
            .map(member -> Map.entry(member.getName(), valueUnlessDefault(annotation, member)))
            .filter(member -> !member.getValue().isEmpty())
            .map(member -> member.getKey() + "=" + member.getValue())
            .sorted()
            .collect(Collectors.joining(", "))
            .replaceFirst("^value=(?=[^=]*$)", "");
    return "@"
        + annotation.annotationType().getSimpleName()
        + (values.isEmpty() ? "" : "(" + values + ")");
  }

  private static String valueUnlessDefault(Annotation annotation, Method member) {
    try {
      Object value = member.invoke(annotation);
      return Objects.deepEquals(value, member.getDefaultValue()) ? "" : value(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String value(Object value) {
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(index -> value(Array.get(value, index)))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof Class<?> type) {
      return type.getSimpleName();
    }
    return value instanceof Annotation annotation
        ? annotation(annotation)
        : value instanceof String text ? '"' + text + '"' : value.toString();
  }

  private static List<Class<?>> classes(Class<?> generated) {
    try {
      Path place = Path.of(generated.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return classes(generated.getClassLoader(), place);
      }
      URI archive = URI.create("jar:" + place.toUri());
      try (FileSystem files = FileSystems.newFileSystem(archive, Map.of())) {
        return classes(generated.getClassLoader(), files.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> classes(ClassLoader loader, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(ROOT))) {
      List<Class<?>> classes = new ArrayList<>();
      for (String name :
          files
              .map(file -> root.relativize(file).toString())
              .filter(name -> name.endsWith(".class"))
              .toList()) {
        Class<?> type =
            Class.forName(
                name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                false,
                loader);
        // What Micronaut's annotation processors add has a name that begins so.
        if (!type.getSimpleName().startsWith("$")
            && !type.isAnonymousClass()
            && !Modifier.isPrivate(type.getModifiers())) {
          classes.add(type);
        }
      }
      classes.sort(Comparator.comparing(Class::getName));
      return classes;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
