package io.github.lotaprestage.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version, as the build wrote it down.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(in, "version.properties is part of the program"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String[] {"lota-prestage " + properties.getProperty("version")};
  }
}
