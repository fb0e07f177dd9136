package io.github.lotaprestage.s3.errors;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads XML that may be hostile. Entities and document types are not expanded.
public final class XmlBody {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    XML.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
  }

  private XmlBody() {}

  /// For a body in UTF-8; anything else is an error.
  public static XMLStreamReader reader(byte[] body) throws XMLStreamException {
    return reader(body, StandardCharsets.UTF_8.newDecoder());
  }

  /// The same for a body of which any part may be of use: what is not UTF-8 becomes a replacement
  /// character.
  static XMLStreamReader lenientReader(byte[] body) throws XMLStreamException {
    return reader(
        body, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE));
  }

  /// The parser prints a message to standard error if it meets bytes that are not UTF-8, so it is
  /// given characters.
  private static XMLStreamReader reader(byte[] body, CharsetDecoder decoder)
      throws XMLStreamException {
    boolean marked = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
    int from = marked ? BYTE_ORDER_MARK.length : 0;
    return XML.createXMLStreamReader(
        new InputStreamReader(new ByteArrayInputStream(body, from, body.length - from), decoder));
  }

  /// The text in an element and in those inside it; null if there is none.
  static @Nullable String text(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
        default -> {}
      }
    }
    return text.toString().isBlank() ? null : text.toString().strip();
  }

  /// Leaves out an element with all that is in it.
  public static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
  }
}
