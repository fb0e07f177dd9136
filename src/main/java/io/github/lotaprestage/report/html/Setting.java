package io.github.lotaprestage.report.html;

/// An option as the run used it. It holds no secret.
///
/// @param origin `command line`, `default`, or the variable of the environment
public record Setting(String option, String value, String origin) {}
