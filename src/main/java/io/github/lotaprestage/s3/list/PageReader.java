package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.s3.http.Dates;
import io.github.lotaprestage.s3.http.ETags;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Reads a page of a listing in place of the SDK, whose own parser is slow.
///
/// An interceptor can replace the body of an answer, but it cannot return anything to the caller of
/// the SDK. So the caller puts an empty [Contents] into the request's attributes, and this class
/// fills it from the body while that streams in. The SDK is left with an empty listing to parse,
/// and the caller ignores what the SDK returns.
///
/// An answer that is not a whole page is an error. Entities and document types are not expanded.
final class PageReader implements ExecutionInterceptor {

  /// The attribute of a request in which its caller receives the page.
  static final ExecutionAttribute<Contents> CONTENTS =
      new ExecutionAttribute<>("lota-prestage.contents");

  /// The contents of a page.
  static final class Contents {
    private final String bucket;
    private final List<ObjectRef> objects = new ArrayList<>(1000);
    private final List<String> directories = new ArrayList<>();
    private @Nullable String truncated;
    private @Nullable String nextToken;
    private boolean encoded;

    Contents(String bucket) {
      this.bucket = bucket;
    }

    List<ObjectRef> objects() {
      return objects;
    }

    /// What the keys with a delimiter have in common up to it.
    List<String> directories() {
      return directories;
    }

    /// Null where the answer does not say.
    @Nullable Boolean truncated() {
      return "true".equalsIgnoreCase(truncated)
          ? Boolean.TRUE
          : "false".equalsIgnoreCase(truncated) ? Boolean.FALSE : null;
    }

    @Nullable String nextToken() {
      return nextToken;
    }

    /// What a name in the page stands for.
    private String decoded(String name) throws XMLStreamException {
      boolean plain = !encoded || (name.indexOf('%') < 0 && name.indexOf('+') < 0);
      try {
        return plain ? name : requireUtf8(SdkHttpUtils.urlDecode(name), name);
      } catch (IllegalArgumentException e) {
        throw new XMLStreamException("the key '" + name + "' is not URL-encoded", e);
      }
    }
  }

  /// A decoder puts this character where bytes are not UTF-8. Such a name would be another key.
  private static final char REPLACEMENT = '\uFFFD';

  private static String requireUtf8(String name, String encoded) throws XMLStreamException {
    if (name.indexOf(REPLACEMENT) >= 0
        && encoded.indexOf(REPLACEMENT) < 0
        && !encoded.toUpperCase(Locale.ROOT).contains("%EF%BF%BD")) {
      throw new XMLStreamException("the key '" + encoded + "' is not valid UTF-8");
    }
    return name;
  }

  private static final byte[] EMPTY_LISTING =
      "<ListBucketResult/>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    XML.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    Contents contents = attributes.getAttribute(CONTENTS);
    if (contents == null || !context.httpResponse().isSuccessful()) {
      return context.responseBody();
    }
    try (InputStream body = context.responseBody().orElse(InputStream.nullInputStream())) {
      read(XML.createXMLStreamReader(text(body)), contents);
    } catch (XMLStreamException e) {
      String problem =
          e.getNestedException() instanceof CharacterCodingException
              ? "it is not valid UTF-8"
              : e.getMessage();
      throw SdkClientException.create("the listing cannot be read: " + problem, e);
    } catch (IOException e) {
      throw SdkClientException.create("the listing broke off", e);
    }
    return Optional.of(new ByteArrayInputStream(EMPTY_LISTING));
  }

  /// The parser prints a message to standard error if it meets bytes that are not UTF-8, so it is
  /// given characters.
  private static Reader text(InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    boolean marked = Arrays.mismatch(bytes, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
    int from = marked ? BYTE_ORDER_MARK.length : 0;
    return new InputStreamReader(
        new ByteArrayInputStream(bytes, from, bytes.length - from),
        StandardCharsets.UTF_8.newDecoder());
  }

  private static void read(XMLStreamReader xml, Contents contents) throws XMLStreamException {
    xml.nextTag();
    if (!xml.getLocalName().equals("ListBucketResult")) {
      throw new XMLStreamException("it begins with <" + xml.getLocalName() + ">");
    }
    List<RawObject> raw = new ArrayList<>(1000);
    List<String> rawPrefixes = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      switch (xml.getLocalName()) {
        case "Contents" -> raw.add(RawObject.read(xml));
        case "CommonPrefixes" -> rawPrefixes.add(prefix(xml));
        case "IsTruncated" -> contents.truncated = xml.getElementText();
        case "NextContinuationToken" -> contents.nextToken = xml.getElementText();
        case "EncodingType" -> contents.encoded = xml.getElementText().equals("url");
        default -> skip(xml);
      }
    }
    for (RawObject object : raw) {
      contents.objects.add(object.in(contents));
    }
    for (String prefix : rawPrefixes) {
      contents.directories.add(contents.decoded(prefix));
    }
  }

  private static String prefix(XMLStreamReader xml) throws XMLStreamException {
    String prefix = "";
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (xml.getLocalName().equals("Prefix")) {
        prefix = xml.getElementText();
      } else {
        skip(xml);
      }
    }
    return prefix;
  }

  private static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
  }

  /// An object as it is written in the page, which may say only later whether its key is encoded.
  private static final class RawObject {
    private String key = "";
    private @Nullable Long size;
    private @Nullable String etag;
    private @Nullable Instant modified;
    private @Nullable String storageClass;

    static RawObject read(XMLStreamReader xml) throws XMLStreamException {
      RawObject object = new RawObject();
      while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "Key" -> object.key = xml.getElementText();
          case "Size" -> object.size = object.field(xml, "Size", Long::valueOf);
          case "ETag" -> object.etag = xml.getElementText();
          case "LastModified" -> object.modified = object.field(xml, "LastModified", Dates::iso);
          case "StorageClass" -> object.storageClass = xml.getElementText().intern();
          default -> skip(xml);
        }
      }
      return object;
    }

    /// An element without text is like none.
    private <T> @Nullable T field(XMLStreamReader xml, String name, Function<String, T> reader)
        throws XMLStreamException {
      int at = xml.getLocation().getCharacterOffset();
      String text = xml.getElementText().strip();
      try {
        return text.isEmpty() ? null : reader.apply(text);
      } catch (NumberFormatException | DateTimeException e) {
        throw new XMLStreamException(
            "the %s '%s' of the key '%s', at byte %d, is not valid".formatted(name, text, key, at),
            e);
      }
    }

    ObjectRef in(Contents page) throws XMLStreamException {
      return new ObjectRef(
          page.bucket, page.decoded(key), size, ETags.opaque(etag), modified, storageClass);
    }
  }
}
