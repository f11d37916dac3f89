package io.kbsserver.wordpress.source;

import io.kbsserver.files.s3.StoreAwayException;
import io.kbsserver.wordpress.source.Uploads.Found;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** WordPress's uploads, by what it keeps of the places of files. */
public final class UploadsFolder {

  /** Where the folder begins in what is kept of a file: in an address, or a path of the server. */
  private static final Pattern IN_UPLOADS =
      Pattern.compile(".*?/(?:uploads|files)/(?:sites/(\\d+)/)?(.+)", Pattern.DOTALL);

  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^/]*(/[^?#]*).*");

  /** WordPress makes large pictures smaller, and keeps the one that was sent beside it. */
  private static final Pattern SCALED = Pattern.compile("(.+)-scaled(\\.[^./]+)", Pattern.DOTALL);

  /** Where the other sites of a network have theirs, in the folder of the main one. */
  private static final String SITES = "sites";

  private final Uploads uploads;
  private final String site;
  private final boolean common;

  /**
   * The folder of these uploads.
   *
   * @param site which site of a network it is looked through for; empty where that is not known
   */
  public UploadsFolder(Uploads uploads, String site) throws IOException {
    this.uploads = uploads;
    this.site = site;
    this.common = uploads.hasFolder(SITES);
  }

  /**
   * What WordPress keeps of a file's place.
   *
   * @param file the place itself; null where it keeps none
   * @param address what it was served at
   * @param original what it was called before WordPress made it smaller; null where it did not
   */
  public record Place(@Nullable String file, String address, @Nullable String original) {

    /** The names that are its own, and of no other file. */
    public Set<String> own() {
      return file == null || file.isBlank() ? Set.of() : namesIn(file);
    }

    private Set<String> served() {
      Matcher parts = ADDRESS.matcher(address);
      return parts.matches() ? namesIn(parts.group(1)) : Set.of();
    }

    private Optional<String> site() {
      return Stream.of(address, file == null ? "" : file.replace('\\', '/'))
          .map(IN_UPLOADS::matcher)
          .filter(Matcher::matches)
          .flatMap(matcher -> Stream.ofNullable(matcher.group(1)))
          .findFirst();
    }
  }

  /**
   * Looks for a file.
   *
   * @param owned the {@linkplain Place#own own} names of all files: another's is never taken
   * @throws StoreAwayException where nothing can be found at the moment
   */
  public Found find(Place place, Set<String> owned) throws StoreAwayException {
    String root = root(place);
    String why = "it is not in " + uploads.describe(root);
    for (String name : names(place, owned)) {
      try {
        Found found = uploads.look(root, name);
        if (found instanceof Found.Nothing nothing) {
          why = nothing.why();
        } else {
          return found;
        }
      } catch (NoSuchFileException e) {
        // Another name may be the right one.
      } catch (StoreAwayException e) {
        throw e;
      } catch (IOException e) {
        why = name + " cannot be read: " + e.getClass().getSimpleName();
      } catch (InvalidPathException e) {
        why = name + " is no name of a file on this system; is LC_ALL one with UTF-8?";
      }
    }
    return new Found.Nothing(why);
  }

  /** In the folder of a whole network, a site has a part that is its own: names are alike there. */
  private String root(Place place) {
    String wanted = site.isEmpty() ? place.site().orElse("") : site;
    return common && !wanted.isEmpty() ? SITES + '/' + wanted + '/' : "";
  }

  /** By which names a file may be there; the one that was sent before what was made of it. */
  private static Set<String> names(Place place, Set<String> owned) {
    Set<String> served = place.served();
    Set<String> names = new LinkedHashSet<>();
    for (String name : place.own()) {
      sent(name)
          .filter(sent -> !owned.contains(sent))
          .filter(sent -> served.contains(sent) || lastOf(sent).equals(place.original()))
          .ifPresent(names::add);
      names.add(name);
    }
    served.stream().filter(name -> !owned.contains(name)).forEach(names::add);
    return names;
  }

  /** What a picture that may have been made smaller was called before. */
  private static Optional<String> sent(String name) {
    Matcher scaled = SCALED.matcher(name);
    return scaled.matches() ? Optional.of(scaled.group(1) + scaled.group(2)) : Optional.empty();
  }

  private static String lastOf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static Set<String> namesIn(String given) {
    Set<String> names = new LinkedHashSet<>();
    for (String one : List.of(given, given.replace('\\', '/'))) {
      addIn(names, one);
      addIn(names, decoded(one));
    }
    names.removeIf(name -> name.indexOf('\0') >= 0);
    return names;
  }

  private static void addIn(Set<String> names, String given) {
    Matcher uploads = IN_UPLOADS.matcher(given);
    String name = uploads.matches() ? uploads.group(2) : given;
    names.add(name);
    // Some systems keep a letter and its dots apart.
    names.add(Normalizer.normalize(name, Normalizer.Form.NFC));
    names.add(Normalizer.normalize(name, Normalizer.Form.NFD));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
