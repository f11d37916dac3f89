package io.kbsserver.wordpress.source;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The folder of WordPress's uploads, in which nothing outside of it is ever found. */
public final class UploadsFolder {

  /** What was looked for. */
  public sealed interface Found {

    /** It is there. */
    record Upload(Path path, String name) implements Found {}

    /** It is not, or may not be taken. */
    record Nothing(String why) implements Found {}
  }

  /** Where the folder begins in what is kept of a file: in an address, or a path of the server. */
  private static final Pattern IN_UPLOADS =
      Pattern.compile(".*?/(?:uploads|files)/((?:sites/\\d+/)?)(.+)", Pattern.DOTALL);

  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^/]*(/[^?#]*).*");

  /** WordPress makes large pictures smaller, and keeps the one that was sent beside it. */
  private static final Pattern SCALED = Pattern.compile("(.+)-scaled(\\.[^./]+)", Pattern.DOTALL);

  private final Path folder;

  /** The folder at this path. */
  public UploadsFolder(Path path) throws IOException {
    this.folder = path.toRealPath();
  }

  /**
   * Looks for a file.
   *
   * @param file what WordPress keeps of its place; null where it keeps nothing
   * @param address what it was served at
   */
  public Found find(@Nullable String file, String address) {
    String why = "it is not in " + folder;
    for (String name : names(file, address)) {
      try {
        Found found = look(name);
        if (found instanceof Found.Nothing nothing) {
          why = nothing.why();
        } else {
          return found;
        }
      } catch (NoSuchFileException e) {
        // Another name may be the right one.
      } catch (IOException e) {
        why = name + " cannot be read: " + e.getClass().getSimpleName();
      } catch (InvalidPathException e) {
        why = name + " is no name of a file on this system; is LC_ALL one with UTF-8?";
      }
    }
    return new Found.Nothing(why);
  }

  private Found look(String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder) || path.equals(folder)) {
      return new Found.Nothing(name + " is not in the folder, but elsewhere");
    }
    Path real = path.toRealPath();
    if (!real.startsWith(folder)) {
      return new Found.Nothing(name + " leads out of the folder, as a symbolic link");
    }
    if (!Files.isRegularFile(real)) {
      return new Found.Nothing(name + " is " + (Files.isDirectory(real) ? "a folder" : "no file"));
    }
    return Files.isReadable(real)
        ? new Found.Upload(real, name)
        : new Found.Nothing(name + " may not be read by this user");
  }

  /** By which names a file may be there; the one that was sent before what was made of it. */
  private static Set<String> names(@Nullable String file, String address) {
    List<String> given = new ArrayList<>();
    if (file != null && !file.isBlank()) {
      given.add(file);
      given.add(file.replace('\\', '/'));
    }
    Matcher parts = ADDRESS.matcher(address);
    if (parts.matches()) {
      given.add(parts.group(1));
    }
    Set<String> names = new LinkedHashSet<>();
    for (String one : given) {
      addIn(names, one);
      addIn(names, decoded(one));
    }
    names.removeIf(name -> name.indexOf('\0') >= 0);
    return names;
  }

  private static void addIn(Set<String> names, String given) {
    Matcher uploads = IN_UPLOADS.matcher(given);
    if (uploads.matches()) {
      addForms(names, uploads.group(1) + uploads.group(2));
      addForms(names, uploads.group(2));
    } else {
      addForms(names, given);
    }
  }

  private static void addForms(Set<String> names, String name) {
    Matcher scaled = SCALED.matcher(name);
    for (String one :
        scaled.matches() ? List.of(scaled.group(1) + scaled.group(2), name) : List.of(name)) {
      names.add(one);
      // Some systems keep a letter and its dots apart.
      names.add(Normalizer.normalize(one, Normalizer.Form.NFC));
      names.add(Normalizer.normalize(one, Normalizer.Form.NFD));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
