package io.kbsserver.wordpress.kinds;

import io.kbsserver.change.Subject;
import io.kbsserver.site.Setting;
import io.kbsserver.text.PlainText;
import io.kbsserver.wordpress.destination.Reconciliation;
import io.kbsserver.wordpress.destination.Reconciliation.Before;
import io.kbsserver.wordpress.destination.RowHash;
import io.kbsserver.wordpress.destination.TargetDatabase;
import io.kbsserver.wordpress.php.PhpReading;
import io.kbsserver.wordpress.php.PhpValues;
import io.kbsserver.wordpress.report.ImportException;
import io.kbsserver.wordpress.report.ImportLog;
import io.kbsserver.wordpress.report.Kind;
import io.kbsserver.wordpress.source.RowReader;
import io.kbsserver.wordpress.source.WordPressDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brings over the settings of KB Support and those of WordPress that matter to it. */
public final class SettingsImport {

  private static final String REMEMBERED = "setting/";
  private static final String KB_SUPPORT = "kbs_settings";
  private static final int MAX_NAME = 64;
  private static final String SET =
      "INSERT INTO site_setting (name, value) VALUES (?, ?)"
          + " ON DUPLICATE KEY UPDATE value = VALUES(value)";

  private final WordPressDatabase source;
  private final TargetDatabase target;
  private final ImportLog log;
  private final Clock clock;

  public SettingsImport(
      WordPressDatabase source, TargetDatabase target, ImportLog log, Clock clock) {
    this.source = source;
    this.target = target;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Brings them over.
   *
   * @return the site's time zone
   */
  public ZoneId run() throws SQLException {
    ZoneId zone = zone();
    Map<String, String> settings = read(zone);
    log.start(Kind.SETTING, settings.size());
    log.read(Kind.SETTING, settings.size());
    write(settings);
    target.update(
        SET, Subject.WITHOUT_LOG, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    target.commit();
    log.advanced(Kind.SETTING);
    return zone;
  }

  private Map<String, String> read(ZoneId zone) {
    RowReader reader = new RowReader(Kind.SETTING, 0, log);
    Map<String, String> settings = new TreeMap<>();
    // A setting that KB Support does not keep is off there, while one that is absent here means
    // what
    // a fresh site does.
    Setting.ALL.stream()
        .filter(Setting::isOfKbSupport)
        .forEach(setting -> settings.put(setting.name(), ""));
    String stored = source.option(KB_SUPPORT);
    if (stored == null) {
      reader.problem("there are no settings of KB Support: all its switches are off");
    } else {
      stored(stored, reader).forEach((key, value) -> put(settings, key.toString(), value, reader));
    }
    for (Setting<?> setting : Setting.ALL) {
      setting.wordPressOption().ifPresent(option -> settings.put(setting.name(), option(option)));
    }
    settings.put("site_url", option("siteurl"));
    settings.put("home", option("home"));
    settings.put(Setting.TIME_ZONE.name(), Setting.TIME_ZONE.kept(zone));
    // The clients of a site that exists live with values that name nothing, and those of forms and
    // mail gateways open tickets for whoever writes.
    settings.put(Setting.VALUE_HANDLING.name(), Setting.VALUE_HANDLING.kept(true));
    settings.put(
        Setting.CUSTOMERS_OPEN_FOR_OTHERS.name(), Setting.CUSTOMERS_OPEN_FOR_OTHERS.kept(true));
    // By REST, the plugin takes replies of agents only.
    settings.put(Setting.CUSTOMERS_MAY_REPLY.name(), Setting.CUSTOMERS_MAY_REPLY.kept(false));
    mails(settings);
    settings.replaceAll((name, value) -> reader.longText("the setting " + name, value));
    return settings;
  }

  /** What the plugin does where it keeps nothing, and what it has no setting for. */
  private void mails(Map<String, String> settings) {
    String administrator = option("admin_email");
    for (Setting<?> address : List.of(Setting.FROM_EMAIL, Setting.ADMIN_NOTICE_EMAILS)) {
      settings.computeIfPresent(
          address.name(), (name, value) -> value.isBlank() ? administrator : value);
    }
    if (Setting.TICKET_RECEIVED_DISABLE_EMAIL.in(settings)) {
      // There, who switches off the one switches off the other.
      settings.put(Setting.DISABLE_ADMIN_NOTICES.name(), Setting.DISABLE_ADMIN_NOTICES.kept(true));
    }
    settings.put(Setting.AGENT_REPLY_NOTICES.name(), Setting.AGENT_REPLY_NOTICES.kept(false));
    settings.put(Setting.AGENT_NOTE_NOTICES.name(), Setting.AGENT_NOTE_NOTICES.kept(false));
  }

  /** Off is what is absent. What is there and cannot be read may be what closes a door. */
  private static Map<?, ?> stored(String stored, RowReader reader) {
    PhpReading reading = PhpReading.of(stored);
    if (reading.isWhole()
        && reader.whole("the option " + KB_SUPPORT, stored) instanceof Map<?, ?> map) {
      return map;
    }
    throw new ImportException(
        ("The settings of KB Support (the option %s) are there but cannot be read: %s. Who may see"
                + " which tickets depends on them, so nothing was imported; save them again in"
                + " WordPress, or restore the option.")
            .formatted(
                KB_SUPPORT, reading.isWhole() ? "they are no list of settings" : reading.damage()));
  }

  private static void put(
      Map<String, String> settings, String name, @Nullable Object value, RowReader reader) {
    if (name.length() > MAX_NAME || !name.matches("[!-~]+")) {
      reader.problem(
          "the setting '" + PlainText.start(name, 40) + "' has no usable name; left out");
    } else if (value instanceof Map) {
      settings.put(name, PhpValues.json(value));
    } else if (value != null) {
      settings.put(name, PhpValues.text(value));
    }
  }

  private String option(String name) {
    String value = source.option(name);
    return value == null ? "" : value;
  }

  private ZoneId zone() {
    String name = option("timezone_string").strip();
    if (!name.isEmpty()) {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        log.problem(
            Kind.SETTING,
            0,
            "the time zone '" + name + "' is not known; the offset is used instead");
      }
    }
    String offset = option("gmt_offset").strip();
    if (offset.isEmpty()) {
      return ZoneOffset.UTC;
    }
    try {
      int seconds = new BigDecimal(offset).multiply(BigDecimal.valueOf(3600)).intValue();
      return ZoneOffset.ofTotalSeconds(seconds);
    } catch (NumberFormatException | DateTimeException e) {
      log.problem(Kind.SETTING, 0, "the offset '" + offset + "' is none; UTC is used instead");
      return ZoneOffset.UTC;
    }
  }

  private void write(Map<String, String> settings) throws SQLException {
    Map<String, String> here = new HashMap<>();
    target.query(
        "SELECT name, value FROM site_setting",
        List.of(),
        row -> here.put(row.getString(1), row.getString(2)));
    Map<String, Before> brought = new HashMap<>();
    target.query(
        "SELECT kind, source_hash, here_hash FROM imported WHERE kind LIKE '" + REMEMBERED + "%'",
        List.of(),
        row ->
            brought.put(
                row.getString(1).substring(REMEMBERED.length()),
                new Before(row.getBytes(2), row.getBytes(3))));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String name = setting.getKey();
      String value = setting.getValue();
      String current = here.get(name);
      Before before = brought.get(name);
      if (value.equals(current)) {
        // Alike, however that came about.
        log.unchanged(Kind.SETTING, 1);
        remember(name, value, before);
      } else if (before == null && current != null) {
        log.kept(
            Kind.SETTING, 0, "the setting " + name + " was set here before; kept as it is here");
      } else if (before == null) {
        write(name, value);
        remember(name, value, null);
      } else {
        switch (Reconciliation.of(Kind.SETTING, before, hash(value), hash(current))) {
          case UNCHANGED -> log.unchanged(Kind.SETTING, 1);
          case TAKEN -> {
            write(name, value);
            remember(name, value, before);
          }
          case KEPT, MERGED ->
              log.kept(
                  Kind.SETTING,
                  0,
                  "the setting " + name + " has changed in WordPress and here; kept as it is here");
        }
      }
    }
    for (String name : brought.keySet()) {
      if (!settings.containsKey(name)
          && Arrays.equals(brought.get(name).here(), hash(here.get(name)))) {
        target.changes(Subject.SETTING, List.of(name));
        target.update("DELETE FROM site_setting WHERE name = ?", name);
        target.update("DELETE FROM imported WHERE kind = ? AND id = 0", REMEMBERED + name);
      }
    }
  }

  private void write(String name, String value) throws SQLException {
    target.changes(Subject.SETTING, List.of(name));
    target.update(SET, name, value);
    log.written(Kind.SETTING, 1);
  }

  private void remember(String name, String value, @Nullable Before before) throws SQLException {
    byte[] hash = hash(value);
    if (before == null || !Arrays.equals(hash, before.here())) {
      target.update(
          "INSERT INTO imported (kind, id, source_hash, here_hash) VALUES (?, 0, ?, ?)"
              + " ON DUPLICATE KEY UPDATE source_hash = VALUES(source_hash),"
              + " here_hash = VALUES(here_hash)",
          REMEMBERED + name,
          hash,
          hash);
    }
  }

  private static byte[] hash(@Nullable String value) {
    return value == null ? new byte[0] : RowHash.of(List.of(value), List.of());
  }
}
