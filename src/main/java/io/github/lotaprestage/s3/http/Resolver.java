package io.github.lotaprestage.s3.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Resolves host names. An address is reused for a few seconds, and forgotten as soon as it does
/// not work. A failure is never remembered. Requests that need the same name at the same time share
/// one query.
///
/// A query cannot be interrupted and would block a carrier thread of virtual threads. So it has a
/// thread of its own, and no request waits for it beyond its time limit.
public final class Resolver {

  private static final List<String> CACHE_TTLS =
      List.of("networkaddress.cache.ttl", "networkaddress.cache.negative.ttl");
  private static final long USED_NANOS = Duration.ofSeconds(5).toNanos();

  /// A name server did not answer in time.
  public static final class NoAnswerException extends IOException {
    NoAnswerException(String host) {
      super("cannot resolve host: " + host + " (no answer in time)");
    }
  }

  /// Queries the system's resolver.
  interface Lookup {
    InetAddress[] allByName(String host) throws UnknownHostException;
  }

  private static final class Query extends FutureTask<List<InetAddress>> {
    private final long start = System.nanoTime();

    Query(Lookup lookup, String host) {
      super(() -> List.of(lookup.allByName(host)));
    }

    boolean isUsable() {
      return !isDone() || (state() == State.SUCCESS && System.nanoTime() - start < USED_NANOS);
    }
  }

  private final Lookup lookup;
  private final Map<String, Query> queries = new ConcurrentHashMap<>();

  Resolver(Lookup lookup) {
    this.lookup = lookup;
  }

  /// Turns off the JDK's own cache of names, which remembers failures for ten seconds. It works
  /// only before the first name is resolved. The packaged runtime has this in its configuration,
  /// because setting the property loads Java's logging and delays the start.
  public static void leaveCachingToResolvers() {
    for (String property : CACHE_TTLS) {
      if (!"0".equals(Security.getProperty(property))) {
        Security.setProperty(property, "0");
      }
    }
  }

  /// @param due by [System#nanoTime]
  /// @throws UnknownHostException if the host has no address
  /// @throws NoAnswerException if there is no answer in time
  List<InetAddress> addresses(String host, long due) throws IOException {
    Query query =
        queries.compute(host, (_, last) -> last != null && last.isUsable() ? last : ask(host));
    try {
      return query.get(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswerException(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while resolving " + host);
    } catch (ExecutionException e) {
      throw failure(host, e.getCause());
    }
  }

  private static IOException failure(String host, @Nullable Throwable cause) {
    UnknownHostException failure =
        new UnknownHostException(cause instanceof UnknownHostException ? cause.getMessage() : host);
    failure.initCause(cause);
    return failure;
  }

  private Query ask(String host) {
    Query query = new Query(lookup, host);
    Thread.ofPlatform().daemon().name("resolve").start(query);
    return query;
  }

  /// Forgets an address, so that the next request queries it again.
  void forget(String host) {
    queries.computeIfPresent(host, (_, last) -> last.isDone() ? null : last);
  }
}
