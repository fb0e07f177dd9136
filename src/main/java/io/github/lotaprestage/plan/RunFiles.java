package io.github.lotaprestage.plan;

import java.nio.file.Path;
import java.util.Optional;

/// The files that a run writes besides its output.
///
/// @param journal what is in the cache, for the next run to skip
/// @param failedTo what is not, for the next run to try
/// @param failedToIsInput whether this run also reads that list, or its `.nul` file
public record RunFiles(Optional<Path> journal, Optional<Path> failedTo, boolean failedToIsInput) {}
