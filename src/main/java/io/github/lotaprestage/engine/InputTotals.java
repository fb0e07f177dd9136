package io.github.lotaprestage.engine;

/// What became of the objects of one input. An object counts for the first input that selects it.
///
/// @param name of the input
/// @param bytes the bytes of prestaged (dry run: planned) objects of known size
public record InputTotals(
    String name, long prestaged, long skipped, long failed, long planned, long bytes) {

  public long selected() {
    return prestaged + skipped + failed + planned;
  }
}
