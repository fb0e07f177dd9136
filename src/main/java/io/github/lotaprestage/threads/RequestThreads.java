package io.github.lotaprestage.threads;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// Creates threads that wait for answers: the first few are platform threads, and all others are
/// virtual threads.
///
/// Many requests in flight need virtual threads. But the first of them that waits for a socket
/// starts threads that never end, and those delay a short run and its exit.
public final class RequestThreads implements ThreadFactory {

  private static final int FEW = 8;

  private final ThreadFactory platform;
  private final ThreadFactory virtual;
  private final AtomicInteger created = new AtomicInteger();

  /// @param name of all threads
  public RequestThreads(String name) {
    this.platform = Thread.ofPlatform().daemon().name(name).factory();
    this.virtual = Thread.ofVirtual().name(name).factory();
  }

  @Override
  public Thread newThread(Runnable task) {
    boolean few = created.get() < FEW && created.getAndIncrement() < FEW;
    return (few ? platform : virtual).newThread(task);
  }
}
