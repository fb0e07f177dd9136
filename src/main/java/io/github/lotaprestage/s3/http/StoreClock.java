package io.github.lotaprestage.s3.http;

import io.github.lotaprestage.object.RequestFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clock that requests are signed with. A store rejects a signature that is more than 15
/// minutes off. The clock is then corrected from the `Date` of that answer, and the request is sent
/// once more.
public final class StoreClock implements LongSupplier {

  private static final Logger log = LoggerFactory.getLogger(StoreClock.class);

  /// Smaller offsets are ignored: stores tolerate them, and an answer may take that long.
  public static final Duration TOLERATED = Duration.ofMinutes(5);

  /// How stores refuse a signature.
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

  /// A request that is signed with this clock.
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

  /// How many seconds the store's clock is ahead of this machine's; 0 unless it rejected a request
  /// for that reason.
  public long offset() {
    return offset;
  }

  /// Corrects the clock if it may be the reason for a rejected request.
  ///
  /// @param date the `Date` header
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

  /// Sends a request, and sends it once more if it was rejected because of the clock.
  public <T> T signed(Signed<T> request) throws RequestFailedException, InterruptedException {
    long before = offset;
    try {
      return request.send();
    } catch (RequestFailedException e) {
      if (offset == before) {
        throw e;
      }
    }
    return request.send();
  }

  /// The same for a request that the SDK signs. It has a clock of its own, which it corrects only
  /// after one of its requests was rejected.
  public <T> T signedBySdk(Signed<T> request) throws RequestFailedException, InterruptedException {
    try {
      return request.send();
    } catch (RequestFailedException e) {
      Integer status = e.error().httpStatus();
      if (offset == 0 || status == null || !REFUSALS.contains(status)) {
        throw e;
      }
    }
    return request.send();
  }
}
