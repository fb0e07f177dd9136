package io.github.lotaprestage.object;

/// The requests that were sent so far, with all attempts.
///
/// @param gets requests for the content of small objects
public record Requests(long heads, long lists, long gets) {

  public static final Requests NONE = new Requests(0, 0, 0);
}
