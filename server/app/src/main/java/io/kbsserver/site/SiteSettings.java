package io.kbsserver.site;

import io.kbsserver.change.ChangeLog;
import io.kbsserver.change.Subject;
import io.micronaut.cache.annotation.CacheConfig;
import io.micronaut.cache.annotation.CacheInvalidate;
import io.micronaut.cache.annotation.Cacheable;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The site's settings, kept in the database.
 *
 * <p>They are read again after a second at the latest, so that a change made by another process is
 * in force without a restart.
 */
@Singleton
@CacheConfig("site")
public class SiteSettings implements CurrentSite {

  private final SiteSettingRepository settings;
  private final ChangeLog changes;

  SiteSettings(SiteSettingRepository settings, ChangeLog changes) {
    this.settings = settings;
    this.changes = changes;
  }

  @Override
  @Cacheable
  @Connectable
  public Site current() {
    return in(kept());
  }

  /** The settings of a site that keeps these values, by name. */
  public static Site in(Map<String, String> kept) {
    return new Site(kept);
  }

  /** All values that are kept, by name, those of settings that nothing here reads among them. */
  @Connectable
  public Map<String, String> kept() {
    return settings.findAll().stream()
        .collect(Collectors.toMap(SiteSetting::name, SiteSetting::value));
  }

  /** Keeps one value; null removes it, so that its default is in force. */
  @CacheInvalidate(all = true)
  @Transactional
  public void set(String name, @Nullable String value) {
    changes.changes(Subject.SETTING, name);
    if (value == null) {
      settings.deleteById(name);
    } else {
      settings.put(name, value);
    }
  }
}
