package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Sends signed HEADs over pooled connections, one attempt a call: no retries, no redirects, no
/// proxy.
///
/// The path goes out byte for byte as it was signed. The SDK's own clients rewrite `//` in it,
/// which stores that check the signature of what they received must refuse.
final class HeadClient implements AutoCloseable {

  private final CloseableHttpClient http;

  HeadClient(int connections, Duration connectTimeout) {
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(connections)
            .setMaxConnPerRoute(connections)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(connectTimeout))
                    .setValidateAfterInactivity(Timeout.ofSeconds(1))
                    .build())
            .setDefaultSocketConfig(
                SocketConfig.custom().setTcpNoDelay(true).setSoKeepAlive(true).build())
            .build();
    this.http =
        HttpClients.custom()
            .setConnectionManager(pool)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableDefaultUserAgent()
            .build();
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
    signed.forEachHeader((name, values) -> request.setHeader(name, values.getFirst()));
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom()
            .setResponseTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .setConnectionRequestTimeout(Timeout.of(timeout))
            .build());
    try {
      return http.execute(target, request, context, answer -> new Answer(answer.getCode(), answer));
    } catch (CancellationException e) {
      throw S3Errors.interrupted(e); // what the pool says to a thread that waited for a connection
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw S3Errors.interrupted(e);
      }
      throw S3Errors.unanswered(e);
    }
  }

  private static HttpHost target(SdkHttpRequest signed) {
    boolean standardPort =
        (signed.protocol().equals("http") && signed.port() == 80)
            || (signed.protocol().equals("https") && signed.port() == 443);
    return new HttpHost(signed.protocol(), signed.host(), standardPort ? -1 : signed.port());
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
