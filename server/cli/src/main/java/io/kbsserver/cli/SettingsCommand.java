package io.kbsserver.cli;

import io.kbsserver.site.Setting;
import io.kbsserver.site.SiteSettings;
import io.kbsserver.storage.Database.Purpose;
import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code kbs-server settings}: the settings of the help desk. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Show and change the settings of the help desk; works while the server runs.",
      "A change is in force within a second, on all servers of the database.",
      "An import brings WordPress's settings, but keeps what was set here: see",
      "'kbs-server settings set --help'."
    },
    footer = {
      "",
      "Examples:",
      "  kbs-server settings list",
      "  kbs-server settings get ticket_prefix",
      "  kbs-server settings set enable_departments off"
    })
final class SettingsCommand extends CommandGroup {

  /** The command with its subcommands. */
  static CommandLine with(Session session) {
    return new CommandLine(new SettingsCommand())
        .addSubcommand(new ListSettings(session))
        .addSubcommand(new GetSetting(session))
        // A suffix, or the offset of a zone, may well begin with a minus.
        .addSubcommand(
            new CommandLine(new SetSetting(session)).setUnmatchedOptionsArePositionalParams(true));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List all settings, with their values and what they do.")
  private static final class ListSettings extends ListCommand<SiteSettings> {
    ListSettings(Session session) {
      super(session, SiteSettings.class);
    }

    @Override
    ListOutput list(SiteSettings settings) {
      Map<String, String> kept = settings.kept();
      ListOutput listing = new ListOutput("setting", "value", "default", "what_it_does");
      for (Setting<?> setting : Setting.ALL) {
        listing.add(
            setting.name(), setting.shown(kept), setting.shownStandard(), setting.explanation());
      }
      return listing;
    }
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Print the value of one setting, and nothing else.")
  private static final class GetSetting extends BeanCommand<SiteSettings> {
    @Parameters(
        paramLabel = "NAME",
        converter = SettingConverter.class,
        description = "Name of the setting, as 'settings list' shows it.")
    private Setting<?> setting;

    GetSetting(Session session) {
      super(session, SiteSettings.class, Purpose.COMMAND_ON_EXISTING);
    }

    @Override
    void run(SiteSettings settings, PrintStream out) {
      out.println(setting.shown(settings.kept()));
    }
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = {
        "Change one setting; servers that are running notice within a second.",
        "",
        "What was set here stays when WordPress is imported, the first time and later. If",
        "WordPress has another value than before, the import reports that and keeps ours.",
        "A setting that was never changed here follows WordPress with every import; one",
        "that is set to WordPress's value does so again."
      },
      footer = {
        "",
        "Examples:",
        "  kbs-server settings set ticket_suffix -DE",
        "  kbs-server settings set ticket_prefix ''",
        "  kbs-server settings set time_zone Europe/Berlin",
        "  kbs-server settings set banned_emails spam@example.com,example.net"
      })
  private static final class SetSetting extends BeanCommand<SiteSettings> {
    @Spec private CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "NAME",
        converter = SettingConverter.class,
        description = "Name of the setting, as 'settings list' shows it.")
    private Setting<?> setting;

    @Parameters(
        index = "1",
        paramLabel = "VALUE",
        description = "New value; a wrong one is answered with those that are allowed.")
    private String value;

    private String kept = "";

    SetSetting(Session session) {
      super(session, SiteSettings.class);
    }

    @Override
    public Integer call() throws Exception {
      kept =
          setting
              .given(value)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          setting.name() + " is " + setting.allowed() + ", not '" + value + "'"));
      return super.call();
    }

    @Override
    void run(SiteSettings settings, PrintStream out) {
      settings.set(setting.name(), kept);
      out.println("Set: " + setting.name() + " is " + setting.shown(settings.kept()));
    }
  }

  /** Takes the names of settings that there are. */
  static final class SettingConverter implements ITypeConverter<Setting<?>> {
    @Override
    public Setting<?> convert(String name) {
      return Setting.named(name)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of "
                          + String.join(", ", Setting.ALL.stream().map(Setting::name).toList())
                          + " but was '"
                          + name
                          + "'"));
    }
  }
}
