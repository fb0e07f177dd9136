package io.github.lotaprestage.s3.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/// The input of an answer's header. The library takes the end of the connection for the end of the
/// header, so that an answer that was cut short would look complete.
///
/// @param buffer the bytes that were read from the connection
record WholeHeader(SessionInputBuffer buffer) implements SessionInputBuffer {

  /// @throws EOFException at the end of the connection: a header ends with an empty line
  @Override
  public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
    int length = buffer.readLine(line, in);
    if (length < 0) {
      throw new EOFException("the connection was closed before the answer was complete");
    }
    return length;
  }

  @Override
  public int length() {
    return buffer.length();
  }

  @Override
  public int capacity() {
    return buffer.capacity();
  }

  @Override
  public int available() {
    return buffer.available();
  }

  @Override
  public int read(byte[] bytes, int offset, int length, InputStream in) throws IOException {
    return buffer.read(bytes, offset, length, in);
  }

  @Override
  public int read(byte[] bytes, InputStream in) throws IOException {
    return buffer.read(bytes, in);
  }

  @Override
  public int read(InputStream in) throws IOException {
    return buffer.read(in);
  }

  @Override
  public HttpTransportMetrics getMetrics() {
    return buffer.getMetrics();
  }
}
