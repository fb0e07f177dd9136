package io.github.lotaprestage.engine.pace;

import io.github.lotaprestage.object.ObjectRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The requests in flight: how many there are and, only if somebody asks for it, which.
public final class InFlight {

  private record Sent(ObjectRef object, long at) {}

  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable Map<Object, Sent> sent;

  /// From now on, requests that are sent are remembered.
  public void track() {
    sent = new ConcurrentHashMap<>();
  }

  /// @param request what identifies it for [#remove]
  /// @param firstSent when the first request for the object was sent, by [System#nanoTime]
  public void add(Object request, ObjectRef object, long firstSent) {
    count.incrementAndGet();
    Map<Object, Sent> all = sent;
    if (all != null) {
      all.put(request, new Sent(object, firstSent));
    }
  }

  public void remove(Object request) {
    count.decrementAndGet();
    Map<Object, Sent> all = sent;
    if (all != null) {
      all.remove(request);
    }
  }

  public int count() {
    return count.get();
  }

  /// The oldest of those that are remembered.
  public Optional<Pending> slowest() {
    Map<Object, Sent> all = sent;
    if (all == null) {
      return Optional.empty();
    }
    Sent oldest = null;
    for (Sent each : all.values()) {
      oldest = oldest == null || each.at() - oldest.at() < 0 ? each : oldest;
    }
    return oldest == null
        ? Optional.empty()
        : Optional.of(
            new Pending(oldest.object(), Duration.ofNanos(System.nanoTime() - oldest.at())));
  }
}
