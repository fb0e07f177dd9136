package io.github.lotaprestage.report;

import io.github.lotaprestage.object.Outcome;
import java.io.IOException;

/// Writes results in one format. One thread; what is written arrives with [#flush()].
interface ResultWriter {

  void object(Outcome outcome) throws IOException;

  void summary(RunReport report) throws IOException;

  void flush() throws IOException;
}
