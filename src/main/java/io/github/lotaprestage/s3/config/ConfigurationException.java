package io.github.lotaprestage.s3.config;

/// A configuration file cannot be used. The message names the file, and never quotes its content.
public final class ConfigurationException extends Exception {
  ConfigurationException(String message) {
    super(message);
  }
}
