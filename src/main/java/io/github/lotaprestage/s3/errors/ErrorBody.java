package io.github.lotaprestage.s3.errors;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The reason that an S3 store gives in the body of an answer. All fields are null if the body is
/// something else, such as the page of a proxy.
///
/// Source: the S3 API reference, "Error responses". Other AWS services put the error into another
/// element.
record ErrorBody(@Nullable String code, @Nullable String message, @Nullable String requestId) {

  private static final ErrorBody NONE = new ErrorBody(null, null, null);
  private static final Set<String> ROOTS = Set.of("Error", "ErrorResponse", "Response");

  static ErrorBody of(byte[] body) {
    try {
      return read(XmlBody.lenientReader(body));
    } catch (XMLStreamException | RuntimeException e) { // then the status has to say it all
      return NONE;
    }
  }

  /// Of an element that occurs twice, the first one counts.
  private static ErrorBody read(XMLStreamReader xml) throws XMLStreamException {
    boolean inError = false;
    Map<String, String> said = new HashMap<>();
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      String name = xml.getLocalName();
      name = name.substring(name.indexOf(':') + 1);
      if (!inError && !ROOTS.contains(name)) {
        return NONE;
      }
      inError = true;
      switch (name) {
        case "Code", "Message", "RequestId", "RequestID" -> {
          String text = XmlBody.text(xml);
          if (text != null) {
            said.putIfAbsent(name.toLowerCase(Locale.ROOT), text);
          }
        }
        default -> {}
      }
    }
    return new ErrorBody(said.get("code"), said.get("message"), said.get("requestid"));
  }
}
