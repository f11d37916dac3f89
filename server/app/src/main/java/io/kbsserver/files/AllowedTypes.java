package io.kbsserver.files;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/**
 * Which files a site takes. Endings say it, as in WordPress, and both have to be among them: that
 * of the name, where it has one, and one that the type has which the bytes tell. So no program
 * comes in as a picture.
 *
 * @param endings without dots, in small letters
 */
record AllowedTypes(Set<String> endings) {

  /**
   * Documents, pictures, sounds, films and archives; nothing that runs, in a browser or outside.
   */
  private static final String USUAL =
      "txt log csv tsv md rtf pdf doc docx xls xlsx ppt pptx odt ods odp odg eml msg ics json xml"
          + " jpg jpeg jpe gif png bmp tif tiff webp heic psd mp3 m4a wav ogg flac mp4 m4v mov webm"
          + " avi mkv mpg mpeg zip gz tar 7z rar pages numbers key";

  private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();

  /** Of these the bytes tell nothing, or only in which format a document is stored. */
  private static final List<String> UNTOLD =
      List.of("application/octet-stream", "application/x-tika-");

  /** Those that a site lists, in whatever way they are listed; the usual ones where it has none. */
  static AllowedTypes of(Collection<String> listed) {
    Set<String> endings = split(String.join(" ", listed));
    return new AllowedTypes(endings.isEmpty() ? split(USUAL) : endings);
  }

  private static Set<String> split(String listed) {
    return Arrays.stream(listed.toLowerCase(java.util.Locale.ROOT).split("[\\s.,;*|]+"))
        .filter(ending -> !ending.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a file of this name and type is taken. */
  boolean contains(String name, String type) {
    String ending = FileName.ending(name);
    boolean named = ending.isEmpty() || endings.contains(ending);
    boolean untold = UNTOLD.stream().anyMatch(type::startsWith);
    return named && (untold ? !ending.isEmpty() : endingsOf(type).anyMatch(endings::contains));
  }

  private static java.util.stream.Stream<String> endingsOf(String type) {
    try {
      return TYPES.forName(type).getExtensions().stream().map(dotted -> dotted.substring(1));
    } catch (MimeTypeException e) {
      return java.util.stream.Stream.empty();
    }
  }
}
