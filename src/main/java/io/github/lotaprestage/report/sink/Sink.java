package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.report.RunReport;
import java.io.IOException;
import java.time.Duration;

/// Takes what happens in a run and writes it somewhere. [Reporter] calls it, from one thread at a
/// time. If a call throws an [IOException], [#failed] is the last call.
public interface Sink {

  /// An object is finished.
  default void object(Outcome outcome) throws IOException {}

  /// A round of a watch is over.
  default void round(Round round) throws IOException {}

  /// A part of the source could not be read.
  default void problem(SourceException problem) throws IOException {}

  /// How often [#progress] is called.
  default Duration interval() {
    return Duration.ofDays(365);
  }

  /// Where the run stands.
  default void progress(Snapshot now) throws IOException {}

  /// Nothing happens for the moment: writes out what it holds.
  default void flush() throws IOException {}

  /// Nothing but the summary follows.
  default void end() throws IOException {
    flush();
  }

  /// The run is over. The last call.
  default void summary(RunReport report) throws IOException {}

  /// A call failed. The run goes on, unless the sink ends it.
  void failed(IOException failure);
}
