package io.kbsserver.proxy;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for this machine that nobody else knows.
 *
 * @param certificate the file that nginx shows
 * @param key the file with its key
 * @param trust what a client needs to believe it
 */
record Certificate(Path certificate, Path key, SSLContext trust) {

  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "site";

  static Certificate make(Path folder) throws IOException, GeneralSecurityException {
    Path root = Files.createDirectories(folder).toAbsolutePath();
    Path file = root.resolve("site.p12");
    Files.deleteIfExists(file);
    Program keytool =
        Program.run(
            root,
            Map.of(),
            Duration.ofMinutes(1),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
    if (!keytool.succeeded()) {
      throw new IllegalStateException(keytool.output());
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
    trusted.init(known);
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, trusted.getTrustManagers(), null);
    return new Certificate(
        pem(root, "CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
        pem(root, "PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
        trust);
  }

  private static Path pem(Path folder, String kind, byte[] content) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    return Files.writeString(folder.resolve(kind.replace(' ', '-') + ".pem"), text);
  }
}
