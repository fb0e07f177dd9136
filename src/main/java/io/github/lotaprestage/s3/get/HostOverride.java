package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.s3.config.Endpoint;
import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Lets the SDK use a host with an underscore, which neither it nor `java.net.URI` accepts. The SDK
/// gets a placeholder, which is replaced before the request is signed.
record HostOverride(Endpoint endpoint) implements ExecutionInterceptor {

  private static final String STAND_IN = "endpoint.invalid";

  /// A URL that the SDK accepts.
  URI standIn() {
    URI url = endpoint.url();
    return url.getHost() != null
        ? url
        : URI.create(
            url.getScheme()
                + "://"
                + STAND_IN
                + (endpoint.port() < 0 ? "" : ":" + endpoint.port()));
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    String host = request.host();
    return host.endsWith(STAND_IN)
        ? request.toBuilder()
            .host(host.substring(0, host.length() - STAND_IN.length()) + endpoint.host())
            .build()
        : request;
  }
}
