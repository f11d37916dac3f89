package io.kbsserver.pact;

import au.com.dius.pact.core.model.Pact;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolderLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactLoader;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Other people's pacts, from the folder that {@code -Dpact.folder} names. */
@Provider("kbs-server")
@PactSource(FolderPactsTest.Folder.class)
@EnabledIfSystemProperty(
    named = "pact.folder",
    matches = ".+",
    disabledReason = "no folder of pacts is given (-Dpact.folder)")
class FolderPactsTest extends ProviderVerification {

  /** Tests run in the folder of their module, Maven is called elsewhere. */
  public static final class Folder implements PactLoader {

    private final PactFolderLoader folder =
        new PactFolderLoader(
            Path.of(System.getProperty("asked.from", ""))
                .resolve(System.getProperty("pact.folder"))
                .toAbsolutePath()
                .normalize()
                .toFile());

    @Override
    public List<Pact> load(String provider) {
      return folder.load(provider);
    }

    @Override
    public au.com.dius.pact.core.model.PactSource getPactSource() {
      return folder.getPactSource();
    }

    @Override
    public String description() {
      return folder.description();
    }
  }
}
