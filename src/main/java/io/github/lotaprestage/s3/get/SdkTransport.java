package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.s3.http.Connections;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.io.Closer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Sends the SDK's requests over [Connections]. The SDK's own HTTP clients take longer to load than
/// an object takes to read.
///
/// @param timeout how long to wait for an answer
public record SdkTransport(Connections.Sender sender, Duration timeout) implements SdkHttpClient {

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    if (request.contentStreamProvider().isPresent()) {
      throw new IllegalArgumentException("only requests without a body are sent");
    }
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return send(request.httpRequest());
      }

      @Override
      public void abort() {} // the waiting thread is interrupted, which closes the connection
    };
  }

  private HttpExecuteResponse send(SdkHttpRequest request) throws IOException {
    HttpHost host = new HttpHost(request.protocol(), request.host(), port(request));
    ClassicHttpResponse answer =
        sender.send(host, Method.valueOf(request.method().name()), text(request, host), timeout);
    SdkHttpResponse.Builder response =
        SdkHttpResponse.builder().statusCode(answer.getCode()).statusText(answer.getReasonPhrase());
    for (Header header : answer.getHeaders()) {
      response.appendHeader(header.getName(), header.getValue());
    }
    HttpExecuteResponse.Builder whole = HttpExecuteResponse.builder().response(response.build());
    if (answer.getEntity() != null) {
      InputStream body = answer.getEntity().getContent();
      whole.responseBody(AbortableInputStream.create(body, () -> Closer.closeQuietly(body)));
    }
    return whole.build();
  }

  private static int port(SdkHttpRequest request) {
    int standard = request.protocol().equals("https") ? 443 : 80;
    return request.port() == standard ? -1 : request.port();
  }

  private static String text(SdkHttpRequest request, HttpHost host) {
    String path = request.encodedPath();
    StringBuilder text = new StringBuilder(request.method().name()).append(' ');
    text.append(path.isEmpty() ? "/" : path);
    request.encodedQueryParameters().ifPresent(query -> text.append('?').append(query));
    text.append(" HTTP/1.1\r\n");
    if (request.firstMatchingHeader("Host").isEmpty()) { // a signature brings it along
      text.append("Host: ").append(host.toHostString()).append("\r\n");
    }
    request.forEachHeader((name, values) ->
        values.forEach(value -> text.append(name).append(": ").append(value).append("\r\n")));
    return text.append("\r\n").toString();
  }

  @Override
  public void close() {} // the connections are the store's

  @Override
  public String clientName() {
    return "HttpCore";
  }
}
