package io.github.lotaprestage.report.plan;

import java.util.Map;

/// The directories with the most bytes.
///
/// @param largest by their URI, the largest first
/// @param exact whether these are the largest and their amounts are exact; if not, they are lower
///   bounds, and a directory that is missing may be larger
public record Directories(Map<String, Amount> largest, boolean exact) {}
