package io.github.lotaprestage.report;

import io.github.lotaprestage.report.format.Terminal;
import org.jspecify.annotations.Nullable;

/// How text for people looks.
///
/// @param colour whether it may be coloured
/// @param terminal that shows it; null if it goes elsewhere
public record TextStyle(boolean colour, @Nullable Terminal terminal) {}
