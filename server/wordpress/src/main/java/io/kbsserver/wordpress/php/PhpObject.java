package io.kbsserver.wordpress.php;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of PHP as data: its properties by name. Its class is a name and nothing more, and
 * nothing of it ever runs.
 */
public final class PhpObject extends LinkedHashMap<Object, Object> {

  private static final long serialVersionUID = 1L;

  private final String className;
  private final HashSet<String> hidden = new HashSet<>();

  PhpObject(String className) {
    this.className = className;
  }

  /** What it was an object of. */
  public String className() {
    return className;
  }

  /**
   * Adds a property as it is stored: what is private or protected has its class or a star before
   * its name, between NULs.
   */
  void property(Object storedName, @Nullable Object value) {
    String name = storedName.toString();
    int end = name.startsWith("\0") ? name.indexOf('\0', 1) : -1;
    if (end < 0) {
      put(storedName, value);
      hidden.remove(name);
    } else if (putIfAbsent(name.substring(end + 1), value) == null) {
      hidden.add(name.substring(end + 1));
    }
  }

  /** The properties that anybody could see in PHP, which are those in JSON as well. */
  Map<Object, Object> visible() {
    Map<Object, Object> visible = new LinkedHashMap<>(this);
    visible.keySet().removeIf(name -> hidden.contains(name.toString()));
    return visible;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PhpObject object
        && className.equals(object.className)
        && super.equals(other);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + className.hashCode();
  }
}
