package io.github.lotaprestage.s3.config;

import io.github.lotaprestage.plan.InputFile;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.UsageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// The certificate authorities that HTTPS trusts, from a PEM file. They replace those of the Java
/// runtime, as with the AWS CLI.
///
/// @param origin the option, variable or profile that named the file, for messages
public record CaBundle(Path file, String origin, SSLSocketFactory sockets) {

  private static final String OPTION = "--ca-bundle";
  private static final String VARIABLE = "AWS_CA_BUNDLE";
  private static final int MAX_BYTES = 16 << 20;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  /// The option, then `AWS_CA_BUNDLE`, then the profile's `ca_bundle`; empty if none is set.
  /// Without HTTPS only the option is used, because a setting meant for other programs must not
  /// stop a run that does not need it.
  ///
  /// @throws UsageException if the file of the option cannot be used
  /// @throws ConfigurationException if another file cannot be used
  public static Optional<CaBundle> find(
      StoreOptions options, Map<String, String> env, AwsProfile profile, boolean https)
      throws UsageException, ConfigurationException {
    if (options.caBundle().isPresent()) {
      try {
        return Optional.of(read(options.caBundle().get(), OPTION, env));
      } catch (ConfigurationException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }
    if (!https) {
      return Optional.empty();
    }
    if (env.containsKey(VARIABLE)) {
      return Optional.of(read(env.getOrDefault(VARIABLE, ""), VARIABLE, env));
    }
    Optional<AwsProfile.Setting> setting = profile.setting("ca_bundle");
    return setting.isPresent()
        ? Optional.of(
            read(setting.get().value(), profile.in(setting.get().file()) + ": ca_bundle", env))
        : Optional.empty();
  }

  /// The files that the option and the variable name, without that of the profile.
  public static List<InputFile> inputs(StoreOptions options, Map<String, String> env) {
    String origin = options.caBundle().isPresent() ? OPTION : VARIABLE;
    return options
        .caBundle()
        .or(() -> Optional.ofNullable(env.get(VARIABLE)))
        .flatMap(name -> {
          try {
            return Optional.of(new InputFile(origin, AwsProfile.path(name, origin, env)));
          } catch (ConfigurationException e) {
            return Optional.empty(); // reported when it is read
          }
        })
        .stream()
        .toList();
  }

  private static CaBundle read(String name, String origin, Map<String, String> env)
      throws ConfigurationException {
    Path file = AwsProfile.path(name, origin, env);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw unusable(origin, file, "it is too large for a file of certificates");
      }
      String pem = new String(content, StandardCharsets.ISO_8859_1);
      return new CaBundle(file, origin, trusting(certificates(pem)));
    } catch (NoSuchFileException e) {
      throw unusable(origin, file, "no such file");
    } catch (IOException e) {
      throw unusable(
          origin, file, Files.isDirectory(file) ? "it is a directory" : "it cannot be read");
    } catch (CertificateException e) {
      throw unusable(origin, file, String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw unusable(origin, file, "its certificates cannot be used (" + e.getMessage() + ")");
    }
  }

  private static ConfigurationException unusable(String origin, Path file, String problem) {
    return new ConfigurationException(origin + " " + file + ": " + problem);
  }

  /// Text outside the certificate blocks is ignored.
  private static KeyStore certificates(String pem) throws GeneralSecurityException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int count = 0;
    for (int begin = pem.indexOf(BEGIN); begin >= 0; begin = pem.indexOf(BEGIN, begin + 1)) {
      count++;
      int end = pem.indexOf(END, begin);
      if (end < 0) {
        throw new CertificateException("certificate " + count + " has no end");
      }
      try {
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
        trusted.setCertificateEntry(
            "ca-" + count, factory.generateCertificate(new ByteArrayInputStream(der)));
      } catch (CertificateException | IllegalArgumentException e) {
        throw new CertificateException("certificate " + count + " is not valid", e);
      }
    }
    if (count == 0) {
      throw new CertificateException("it holds no PEM certificate");
    }
    return trusted;
  }

  private static SSLSocketFactory trusting(KeyStore certificates) throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
