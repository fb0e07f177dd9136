package io.github.lotaprestage.object;

/// A checkpoint that was chosen.
///
/// @param target the prefix below which it was found, as an `s3://` URI
/// @param child its name below that prefix
/// @param why what makes it the newest, and what is wrong with those that look newer
public record Chosen(String target, String child, String why) {}
