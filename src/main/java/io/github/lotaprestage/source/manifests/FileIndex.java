package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files that an index beside them names, each once, and then the index itself.
final class FileIndex implements Contents {

  private final Names names;
  private final String ending;
  private final OtherFiles others;
  private final Map<String, @Nullable Long> all;
  private final Iterator<Map.Entry<String, @Nullable Long>> files;
  private boolean ended;

  /// @param files names and sizes in bytes, as far as they are known, in the order in which they
  ///   are staged
  /// @param ending of the name of such an index
  FileIndex(Names names, Map<String, @Nullable Long> files, String ending, OtherFiles others) {
    this.names = names;
    this.others = others;
    this.all = files;
    this.files = files.entrySet().iterator();
    this.ending = ending;
  }

  @Override
  public @Nullable Entry next() throws NotAManifestException, InterruptedException {
    if (files.hasNext()) {
      Map.Entry<String, @Nullable Long> file = files.next();
      return names.beside(file.getKey(), file.getValue());
    }
    if (ended) {
      return null;
    }
    ended = true;
    Entry itself = names.itself(ending).orElse(null);
    Set<String> staged = new HashSet<>(all.keySet());
    if (itself instanceof ObjectRef object) {
      staged.add(object.key().substring(object.key().lastIndexOf('/') + 1));
    }
    others.log(names.directory(), staged);
    return itself;
  }

  @Override
  public void close() {}
}
