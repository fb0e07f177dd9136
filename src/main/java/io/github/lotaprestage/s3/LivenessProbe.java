package io.github.lotaprestage.s3;

import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.http.LocalLimit;
import io.github.lotaprestage.s3.http.SilenceTimer;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;

/// One LIST that shows whether an endpoint is alive. It is not signed, because the credentials may
/// be the part that hangs. Any answer counts, even an error.
///
/// @param path `/`, or the bucket with path style
/// @param limit for everything from resolving the name to the answer
record LivenessProbe(Connections connections, String path, Duration limit)
    implements CircuitBreaker.Check {

  @Override
  public boolean answered() {
    HttpHost host = connections.silenceTimer().host();
    if (host == null) {
      return true; // nothing was sent
    }
    String request =
        "GET "
            + path
            + "?list-type=2&max-keys=1 HTTP/1.1\r\nHost: "
            + host.toHostString()
            + "\r\n\r\n";
    try (Connections fresh = connections.fresh()) {
      fresh.send(host, Method.GET, request, limit);
      return true;
    } catch (IOException e) {
      return SilenceTimer.isSignOfLife(e) || LocalLimit.isReached(e);
    }
  }
}
