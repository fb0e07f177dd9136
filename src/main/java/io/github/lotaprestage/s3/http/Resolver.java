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

/// Resolves host names. An address is used for a few seconds and forgotten as soon as it does not
/// work; a failure is never remembered. All that need a name at the same time share one query.
///
/// A query cannot be interrupted and would block a carrier of virtual threads, so it has a thread
/// of its own, and nobody waits for it longer than there is time.
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

  /// Asks the system.
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

  /// Keeps the JDK from remembering names, failures for ten seconds among them. Works only before
  /// the first name is resolved. The packaged runtime is configured like this, since to set a
  /// property makes Java load its logging.
  public static void leaveCachingToResolvers() {
    for (String property : CACHE_TTLS) {
      if (!"0".equals(Security.getProperty(property))) {
        Security.setProperty(property, "0");
      }
    }
  }

  /// @param due by [System#nanoTime]
  /// @throws UnknownHostException if the host has no address
  /// @throws NoAnswerException if that is not known in time
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

  /// Asks again the next time.
  void forget(String host) {
    queries.computeIfPresent(host, (_, last) -> last.isDone() ? null : last);
  }
}
