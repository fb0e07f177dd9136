package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Instants;
import io.github.lotaprestage.cli.values.Sizes;
import io.github.lotaprestage.cli.values.Values;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// Which of the objects below the targets.
final class FilterOptions extends OptionSet {

  final Value<List<String>> include =
      options(
          OptionSpec.builder("--include")
              .paramLabel("GLOB")
              .description(
                  "Only keys that match, relative to the target's prefix. Takes *, ? and braces"
                      + " as in a TARGET. May be repeated."));

  final Value<List<String>> exclude =
      options(
          OptionSpec.builder("--exclude")
              .paramLabel("GLOB")
              .description(
                  "Skip keys that match, even if --include matches them. May be repeated."));

  final Value<Long> minSize =
      option(
          Long.class,
          OptionSpec.builder("--min-size")
              .paramLabel("SIZE")
              .converters(new Sizes())
              .description("Only objects of at least SIZE, such as 4MiB."));

  final Value<Long> maxSize =
      option(
          Long.class,
          OptionSpec.builder("--max-size")
              .paramLabel("SIZE")
              .converters(new Sizes())
              .description("Only objects of at most SIZE."));

  final Value<Instant> newerThan =
      option(
          Instant.class,
          OptionSpec.builder("--newer-than")
              .paramLabel("TIME")
              .converters(new Instants())
              .description(
                  "Only objects modified after TIME: an age (7d, 36h) or an ISO-8601 date."));

  final Value<Instant> olderThan =
      option(
          Instant.class,
          OptionSpec.builder("--older-than")
              .paramLabel("TIME")
              .converters(new Instants())
              .description("Only objects modified before TIME."));

  final Value<List<String>> storageClasses =
      options(
          OptionSpec.builder("--storage-class")
              .paramLabel("CLASS")
              .converters(new Values.Text(false, ""))
              .description(
                  "Only objects of this storage class, such as STANDARD. May be repeated."));
}
