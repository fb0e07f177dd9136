package io.github.lotaprestage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority, and certificates that it signs.
final class Certificates {

  private static final String PASSWORD = "changeit";
  private static final String ALGORITHM = "EC";

  private final Path store;
  private final Path bundle;

  Certificates(Path directory) throws Exception {
    this.store = directory.resolve("keys");
    generate("ca", "-ext", "bc:c");
    this.bundle = directory.resolve("ca.pem");
    Files.writeString(bundle, keytool("-exportcert", "-alias", "ca", "-rfc"));
  }

  /// The authority as a PEM file.
  Path bundle() {
    return bundle;
  }

  /// Sockets of a server with a certificate.
  ///
  /// @param from the day on which it becomes valid, such as `-10d`
  /// @param days for which it is valid
  /// @param hosts that it names
  ServerSocketFactory sockets(String from, int days, String... hosts) throws Exception {
    String alias = "leaf-" + from.replace("+", "in-") + days + String.join("-", hosts);
    generate(
        alias,
        "-signer",
        "ca",
        "-startdate",
        from,
        "-validity",
        Integer.toString(days),
        "-ext",
        "SAN=dns:" + String.join(",dns:", hosts));
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      all.load(in, PASSWORD.toCharArray());
    }
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setEntry(
        "own",
        all.getEntry(alias, new KeyStore.PasswordProtection(PASSWORD.toCharArray())),
        new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private void generate(String alias, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-keyalg", ALGORITHM, "-dname", "CN=" + alias));
    command.addAll(List.of(options));
    keytool(command.toArray(String[]::new));
  }

  private String keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + output).isZero();
    return output;
  }
}
