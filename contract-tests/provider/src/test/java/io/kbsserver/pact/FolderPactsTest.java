package io.kbsserver.pact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import au.com.dius.pact.core.model.DefaultPactReader;
import au.com.dius.pact.core.model.DirectorySource;
import au.com.dius.pact.core.model.Pact;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Other people's pacts, from the folder that {@code -Dpact.folder} names. */
@Provider("kbs-server")
@PactSource(FolderPactsTest.Folder.class)
@EnabledIfSystemProperty(
    named = "pact.folder",
    matches = ".+",
    disabledReason = "no folder of pacts is given (-Dpact.folder)")
class FolderPactsTest extends ProviderVerification {

  /** What of the folder is no pact, and why. The pacts beside it are held to all the same. */
  private static final Map<String, String> UNREADABLE = new TreeMap<>();

  @AfterAll
  static void allFilesAreOnesThatCanBeRead() {
    assertEquals(Map.of(), UNREADABLE);
  }

  /** Tests run in the folder of their module, Maven is called elsewhere. */
  public static final class Folder implements PactLoader {

    private final File folder =
        Path.of(System.getProperty("asked.from", ""))
            .resolve(System.getProperty("pact.folder"))
            .toAbsolutePath()
            .normalize()
            .toFile();

    @Override
    public List<Pact> load(String provider) {
      UNREADABLE.clear();
      List<Pact> pacts = new ArrayList<>();
      File[] files = folder.listFiles((parent, name) -> name.endsWith(".json"));
      for (File file : files == null ? new File[0] : files) {
        try {
          Pact pact = DefaultPactReader.INSTANCE.loadPact(file);
          if (pact.getProvider().getName().equals(provider)) {
            pacts.add(pact);
          }
        } catch (RuntimeException e) {
          UNREADABLE.put(file.getName(), String.valueOf(e.getMessage()));
        }
      }
      return pacts;
    }

    @Override
    public au.com.dius.pact.core.model.PactSource getPactSource() {
      return new DirectorySource(folder);
    }

    @Override
    public String description() {
      return "Directory(" + folder + ")";
    }
  }
}
