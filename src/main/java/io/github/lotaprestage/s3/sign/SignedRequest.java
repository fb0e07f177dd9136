package io.github.lotaprestage.s3.sign;

import org.apache.hc.core5.http.HttpHost;

/// A request that is ready to be sent.
///
/// @param host where it goes
/// @param text the complete request, as it is sent
public record SignedRequest(HttpHost host, String text) {}
