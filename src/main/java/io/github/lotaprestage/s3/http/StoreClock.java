package io.github.lotaprestage.s3.http;

import io.github.lotaprestage.object.RequestFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time by which requests are signed. A store rejects a signature whose time is 15 minutes off.
/// Then the time is corrected by the `Date` of that answer, and the request is sent once more.
public final class StoreClock implements LongSupplier {

  private static final Logger log = LoggerFactory.getLogger(StoreClock.class);

  /// Less than any store minds, and more than an answer takes.
  private static final Duration TOLERATED = Duration.ofMinutes(5);

  /// What the SDK reports when a LIST was signed with a time that is too far off.
  private static final String SKEWED = "RequestTimeTooSkewed";

  /// A request that is signed by this clock.
  public interface Signed<T> {
    T send() throws RequestFailedException, InterruptedException;
  }

  private final LongSupplier seconds;
  private volatile long offset;

  public StoreClock() {
    this(() -> System.currentTimeMillis() / 1000);
  }

  /// @param seconds the time of this machine, in seconds since 1970
  public StoreClock(LongSupplier seconds) {
    this.seconds = seconds;
  }

  /// The corrected time in seconds since 1970.
  @Override
  public long getAsLong() {
    return seconds.getAsLong() + offset;
  }

  /// How many seconds the store is ahead of this machine; 0 unless it rejected a request for that.
  public long offset() {
    return offset;
  }

  /// Corrects the time if that may be why the store rejected a request.
  ///
  /// @param date the header of that name
  void answered(int status, @Nullable String date) {
    Instant theirs = (status == 400 || status == 403) && date != null ? Dates.http(date) : null;
    if (theirs != null) {
      correct(theirs.getEpochSecond());
    }
  }

  private synchronized void correct(long theirs) {
    long wrong = theirs - getAsLong();
    if (Math.abs(wrong) > TOLERATED.toSeconds()) {
      offset += wrong;
      log.warn(
          "the clock of this machine is {} seconds {} the store's; requests are signed with the"
              + " store's time; set the clock",
          Math.abs(offset),
          offset > 0 ? "behind" : "ahead of");
    }
  }

  /// Sends a request, and once more if it was rejected for its time.
  public <T> T signed(Signed<T> request) throws RequestFailedException, InterruptedException {
    long before = offset;
    try {
      return request.send();
    } catch (RequestFailedException e) {
      // The SDK corrects the time of its own requests, but only after one was rejected.
      boolean skewed = offset != 0 && e.error().code().equals(SKEWED);
      if (offset == before && !skewed) {
        throw e;
      }
    }
    return request.send();
  }
}
