package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestFailedException;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Sends signed HEADs over pooled connections, one attempt a call: no retries, no redirects, no
/// proxy.
///
/// The path goes out byte for byte as it was signed. The SDK's own clients rewrite `//` in it,
/// which stores that check the signature of what they received must refuse.
final class HeadClient implements AutoCloseable {

  private final HttpRequestExecutor executor = new HttpRequestExecutor();
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
  Answer head(SdkHttpRequest signed, Duration timeout)
      throws RequestFailedException, InterruptedException {
    HttpHost target = target(signed);
    ClassicHttpRequest request = new BasicClassicHttpRequest("HEAD", target, signed.encodedPath());
    request.setHeader("Host", target.toHostString()); // an unsigned request has none
    signed.forEachHeader((name, values) -> request.setHeader(name, values.getFirst()));
    try {
      ClassicHttpResponse answer = send(request, target, timeout);
      return new Answer(answer.getCode(), answer);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw S3Errors.interrupted(e);
      }
      throw S3Errors.unanswered(e);
    }
  }

  private ClassicHttpResponse send(ClassicHttpRequest request, HttpHost target, Duration timeout)
      throws IOException {
    DefaultBHttpClientConnection connection = connections.take(target);
    boolean reusable = false;
    try {
      connection.setSocketTimeout(Timeout.of(timeout));
      HttpCoreContext context = HttpCoreContext.create();
      ClassicHttpResponse answer = executor.execute(request, connection, context);
      reusable = executor.keepAlive(request, answer, connection, context);
      return answer;
    } catch (HttpException e) {
      throw new IOException("the answer is no HTTP", e);
    } finally {
      if (reusable) {
        connections.giveBack(target, connection);
      } else {
        connection.close(CloseMode.IMMEDIATE);
      }
    }
  }

  private static HttpHost target(SdkHttpRequest signed) {
    boolean standardPort =
        (signed.protocol().equals("http") && signed.port() == 80)
            || (signed.protocol().equals("https") && signed.port() == 443);
    return new HttpHost(signed.protocol(), signed.host(), standardPort ? -1 : signed.port());
  }

  @Override
  public void close() {
    connections.close();
  }
}
