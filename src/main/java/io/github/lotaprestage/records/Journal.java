package io.github.lotaprestage.records;

import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.StagedVersions;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects that this run and earlier runs have staged: append-only NDJSON, with a line for each
/// object as soon as it is in the cache. A line is one write, so that `kill -9` loses at most the
/// last one; a torn last line is cut off when the journal is opened again.
///
/// An entry counts only for the endpoint through which its object was staged, because another
/// endpoint may be another cache. Entries without an endpoint, which older versions wrote, count
/// for every endpoint, with one warning.
///
/// Safe for use by several threads, but only by one process at a time: the file is locked, see
/// [LockedFile]. Both descriptors of the file stay open until the journal is closed, or the lock
/// would be lost.
final class Journal implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private static final String HEADER = "{\"type\":\"journal\",\"version\":1}";

  private final Path path;
  private final String endpoint;
  private final @Nullable Instant oldest;
  private final StagedVersions remembered = new StagedVersions();
  private final @Nullable FileInputStream in;
  private final @Nullable OutputStream out;
  private @Nullable IOException failure;
  private long second = Long.MIN_VALUE;
  private String now = "";

  private Journal(
      Path path,
      URI endpoint,
      @Nullable Instant oldest,
      @Nullable FileInputStream in,
      @Nullable OutputStream out) {
    this.path = path;
    this.endpoint = name(endpoint);
    this.oldest = oldest;
    this.in = in;
    this.out = out;
  }

  /// Opens a journal for appending, or starts one.
  ///
  /// @param endpoint the endpoint of this run
  /// @throws NotAJournalException if the file is not a journal; it is left unchanged
  /// @throws IOException if it cannot be read or written, or another run uses it
  static Journal open(Path path, URI endpoint, @Nullable Instant oldest)
      throws IOException, NotAJournalException {
    Destination file = Destination.of(path);
    if (file.isStream()) {
      Journal journal = new Journal(path, endpoint, oldest, null, file.openStream());
      journal.begin();
      return journal;
    }
    FileOutputStream out = LockedFile.open(file.path());
    FileInputStream in = null;
    boolean opened = false;
    try {
      in = new FileInputStream(file.path().toFile());
      Journal journal = new Journal(path, endpoint, oldest, in, out);
      long whole = journal.replay(in);
      out.getChannel().truncate(whole);
      if (whole == 0) {
        journal.begin();
      }
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        closeAll(in, out);
      }
    }
  }

  /// Reads a journal without changing it. Another run may be writing it.
  ///
  /// @param oldest as for [#open]
  /// @throws NotAJournalException if the file holds something else
  static Journal read(Path path, URI endpoint, @Nullable Instant oldest)
      throws IOException, NotAJournalException {
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      Journal journal = new Journal(path, endpoint, oldest, null, null);
      journal.replay(in);
      return journal;
    }
  }

  /// Returns the length of the complete lines, in bytes.
  private long replay(InputStream in) throws IOException, NotAJournalException {
    JournalLines lines = new JournalLines(in);
    byte[] first = lines.next();
    if (first == null && HEADER.startsWith(lines.torn())) {
      return 0;
    }
    if (first == null || !new String(first, StandardCharsets.UTF_8).equals(HEADER)) {
      throw new NotAJournalException("it does not begin with the first line of a journal");
    }
    long withoutEndpoint = 0;
    long ofOthers = 0;
    long tooOld = 0;
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      long number = lines.number();
      JournalEntry entry =
          JournalEntry.parse(line)
              .orElseThrow(
                  () -> new NotAJournalException("line " + number + " is not a journal entry"));
      if (oldest != null && !entry.isSince(oldest)) {
        tooOld++;
        continue;
      }
      String staged = entry.endpoint();
      if (staged == null) {
        withoutEndpoint++;
      } else if (!staged.equals(endpoint)) {
        ofOthers++;
        continue;
      }
      remembered.put(entry.bucket(), entry.key(), entry.etag());
    }
    logEntriesThatDoNotCount(withoutEndpoint, ofOthers, tooOld);
    return lines.whole();
  }

  private void logEntriesThatDoNotCount(long withoutEndpoint, long ofOthers, long tooOld) {
    if (withoutEndpoint > 0) {
      log.warn(
          "--journal {} has entries of an older version that do not name an endpoint ({}): they count"
              + " as staged through {}; if it is another cache, start a new journal",
          path,
          withoutEndpoint,
          endpoint);
    }
    if (ofOthers > 0) {
      log.info(
          "--journal {} has entries of other endpoints ({}), which do not count for {}",
          path,
          ofOthers,
          endpoint);
    }
    if (tooOld > 0) {
      log.info(
          "--journal {} has entries that are older than --journal-max-age or have no time ({}); they"
              + " do not count",
          path,
          tooOld);
    }
  }

  private void begin() throws IOException {
    if (out != null) {
      out.write((HEADER + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Whether a file begins like a journal.
  static boolean isJournal(Path file) throws IOException {
    return PrivateFiles.beginsWith(file, HEADER.substring(0, HEADER.indexOf(',')));
  }

  /// One spelling for all names of an endpoint: `http://cwlota.com` for `HTTP://CWLOTA.com.:80/`.
  static String name(URI endpoint) {
    String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
    String authority = endpoint.getRawAuthority().toLowerCase(Locale.ROOT);
    String port = scheme.equals("https") ? ":443" : ":80";
    if (authority.endsWith(port)) {
      authority = authority.substring(0, authority.length() - port.length());
    }
    authority = authority.replace(".:", ":"); // the dot that ends a full domain name
    return scheme
        + "://"
        + (authority.endsWith(".") ? authority.substring(0, authority.length() - 1) : authority);
  }

  /// How many objects are known to be staged through this endpoint.
  synchronized int size() {
    return remembered.size();
  }

  /// Whether some version of the object is in the journal.
  synchronized boolean knows(ObjectRef object) {
    return remembered.knows(object.bucket(), object.key());
  }

  /// Whether this version of the object, by its ETag, is in the journal.
  synchronized boolean holds(ObjectRef object) {
    String etag = object.etag();
    return etag != null && remembered.holds(object.bucket(), object.key(), etag);
  }

  /// Records that an object is in the cache. An object without an ETag is not recorded, because its
  /// version is unknown. After a write has failed nothing more is recorded, and [#failure()]
  /// returns the reason.
  synchronized void add(ObjectRef object) {
    String etag = object.etag();
    if (etag == null || failure != null || out == null) {
      return;
    }
    try {
      out.write(new JournalEntry(object.bucket(), object.key(), etag, endpoint, now()).line());
      remembered.put(object.bucket(), object.key(), etag);
    } catch (IOException e) {
      failure = e;
    }
  }

  /// The time, to the second; formatted once per second rather than once per object.
  private String now() {
    long current = System.currentTimeMillis() / 1000;
    if (current != second) {
      second = current;
      now = Instant.ofEpochSecond(current).toString();
    }
    return now;
  }

  /// Why the journal is not complete, or null.
  synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void close() throws IOException {
    closeAll(in, out);
  }

  private static void closeAll(@Nullable FileInputStream in, @Nullable OutputStream out)
      throws IOException {
    try (FileInputStream _ = in;
        OutputStream _ = out) {
      // closes both, whatever happens to the first
    }
  }
}
