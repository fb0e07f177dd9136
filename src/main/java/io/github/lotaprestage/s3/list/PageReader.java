package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.errors.XmlBody;
import io.github.lotaprestage.s3.http.Dates;
import io.github.lotaprestage.s3.http.ETags;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Reads a page of a listing as a stream. An answer that is not a whole page is an error.
final class PageReader {

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

  private PageReader() {}

  /// @throws RequestFailedException if the body is not a whole page
  static Contents read(String bucket, byte[] body) throws RequestFailedException {
    if (body.length == 0) {
      throw S3Errors.malformedListing("the answer to LIST has no content", null);
    }
    Contents contents = new Contents(bucket);
    try {
      read(XmlBody.reader(body), contents);
      return contents;
    } catch (XMLStreamException e) {
      String problem =
          e.getNestedException() instanceof CharacterCodingException
              ? "it is not valid UTF-8"
              : e.getMessage();
      throw S3Errors.malformedListing("the listing cannot be read: " + problem, e);
    } catch (RuntimeException e) { // what the parser throws at some hostile answers
      throw S3Errors.malformedListing("the listing cannot be read", e);
    }
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
        default -> XmlBody.skip(xml);
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
        XmlBody.skip(xml);
      }
    }
    return prefix;
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
          case "StorageClass" -> object.storageClass = text(xml);
          default -> XmlBody.skip(xml);
        }
      }
      return object;
    }

    /// An element without text is like none. Few texts are shared by many objects.
    private static @Nullable String text(XMLStreamReader xml) throws XMLStreamException {
      String text = xml.getElementText();
      return text.isEmpty() ? null : text.intern();
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
