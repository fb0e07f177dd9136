package io.github.lotaprestage.report;

import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.Summary;
import org.jspecify.annotations.Nullable;

/// How the run ended.
///
/// @param status `ok`, `failed`, `empty`, `limited`, `interrupted` or `error`
/// @param listingComplete whether everything that was asked for is known and accounted for
/// @param endpoint null when the run ended before there was one
/// @param error why the run could not work, where that is so
public record RunReport(
    Summary summary,
    String status,
    int exitCode,
    boolean listingComplete,
    @Nullable String endpoint,
    @Nullable RequestError error) {}
