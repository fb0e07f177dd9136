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

  private final Path directory;
  private final Path bundle;

  Certificates(Path directory) throws Exception {
    this.directory = directory;
    keytool(
        "ca", "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
    this.bundle = directory.resolve("ca.pem");
    Files.writeString(bundle, keytool("ca", "-exportcert", "-alias", "ca", "-rfc"));
  }

  /// The authority as a PEM file.
  Path bundle() {
    return bundle;
  }

  /// Sockets of a server whose certificate is for these hosts.
  ///
  /// @param expired whether it was valid until five days ago only
  ServerSocketFactory sockets(boolean expired, String... hosts) throws Exception {
    String name = "leaf-" + expired + String.join("-", hosts);
    keytool(name, "-genkeypair", "-alias", "leaf", "-keyalg", "EC", "-dname", "CN=leaf");
    Path request = directory.resolve(name + ".csr");
    Files.writeString(request, keytool(name, "-certreq", "-alias", "leaf"));
    Path signed = directory.resolve(name + ".pem");
    Files.writeString(
        signed,
        keytool(
            "ca",
            "-gencert",
            "-alias",
            "ca",
            "-rfc",
            "-startdate",
            "-10d",
            "-validity",
            expired ? "5" : "100",
            "-ext",
            "SAN=dns:" + String.join(",dns:", hosts),
            "-infile",
            request.toString()));
    importInto(name, "ca", bundle);
    importInto(name, "leaf", signed);
    return factory(directory.resolve(name));
  }

  private void importInto(String keystore, String alias, Path pem) throws Exception {
    keytool(keystore, "-importcert", "-noprompt", "-alias", alias, "-file", pem.toString());
  }

  private static ServerSocketFactory factory(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private String keytool(String keystore, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", directory.resolve(keystore).toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + output).isZero();
    return output;
  }
}
