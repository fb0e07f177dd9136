package io.github.lotaprestage.engine;

/// Does what the run is for to one object. Called from many threads at once.
public interface Probe {

  /// Returns once the object is dealt with; failures are outcomes too.
  Outcome probe(ObjectRef object) throws InterruptedException;
}
