package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestFailedException;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/// Sends signed HEADs over pooled connections, one attempt a call: no retries, no redirects, no
/// proxy. The path goes out byte for byte as it was signed.
final class HeadClient implements AutoCloseable {

  /// What all requests are to the question whether a connection can be used again.
  private static final HttpRequest HEAD = new BasicHttpRequest("HEAD", "/");

  private final Connections connections;

  HeadClient(Connections connections) {
    this.connections = connections;
  }

  /// What an attempt was answered with, whatever its status.
  record Answer(int status, HttpResponse headers) {
    @Nullable String header(String name) {
      var header = headers.getFirstHeader(name);
      return header == null ? null : header.getValue();
    }
  }

  /// @param timeout how long to wait for the answer, which comes when LOTA has the whole object
  /// @throws RequestFailedException if no answer came
  Answer head(HeadSigner.Signed request, Duration timeout)
      throws RequestFailedException, InterruptedException {
    try {
      ClassicHttpResponse answer = send(request, timeout);
      return new Answer(answer.getCode(), answer);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw S3Errors.interrupted(e);
      }
      throw S3Errors.unanswered(e);
    }
  }

  private ClassicHttpResponse send(HeadSigner.Signed request, Duration timeout) throws IOException {
    Connection connection = connections.take(request.host());
    boolean reusable = false;
    try {
      ClassicHttpResponse answer = connection.exchange(request.request(), timeout);
      reusable =
          DefaultConnectionReuseStrategy.INSTANCE.keepAlive(HEAD, answer, HttpCoreContext.create());
      return answer;
    } catch (HttpException e) {
      throw new IOException("the answer is no HTTP", e);
    } finally {
      if (reusable) {
        connections.giveBack(request.host(), connection);
      } else {
        connections.discard(connection);
      }
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
