package io.github.lotaprestage.cli.values;

import io.github.lotaprestage.plan.target.S3Uri;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Converts a target as other tools write it. The result is only suggested, never used silently.
public final class TargetSpelling {

  private static final List<String> STORES = List.of("cwlota.com", "cwobject.com");

  private static final Set<String> OTHER_SCHEMES =
      Set.of("abfs", "abfss", "az", "file", "gcs", "gs", "hdfs", "hf", "oss", "wasb", "wasbs");

  private TargetSpelling() {}

  /// The URL without its user information and its query, which may contain a signature.
  public static String shown(String text) {
    if (!isUrl(text)) {
      return text;
    }
    String scheme = text.substring(0, text.indexOf("://") + "://".length());
    String rest = text.substring(scheme.length()).replaceFirst("[?#].*", "");
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    return scheme + rest.substring(host.lastIndexOf('@') + 1);
  }

  /// Whether the scheme is of a store or of files that are not in S3.
  static boolean isOtherStore(String text) {
    int scheme = text.indexOf("://");
    return scheme > 0
        && OTHER_SCHEMES.contains(text.substring(0, scheme).strip().toLowerCase(Locale.ROOT));
  }

  /// The `s3://` URI that was most likely meant; `s3://BUCKET/KEY` if that is unknown.
  public static String corrected(String text) {
    String name = isUrl(text) ? nameOfUrl(shown(text)) : name(text);
    int first = 0;
    while (first < name.length() && name.charAt(first) == '/') {
      first++;
    }
    return first == name.length() ? "s3://BUCKET/KEY" : S3Uri.SCHEME + name.substring(first);
  }

  private static boolean isUrl(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  private static String name(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("arn:")) {
      String[] parts = text.split(":", 6);
      return parts.length == 6 ? parts[5] : "";
    }
    int scheme = text.indexOf("://");
    if (scheme > 0 && text.indexOf('/') == scheme + 1) {
      return text.substring(scheme + "://".length());
    }
    return lower.startsWith("s3:") ? text.substring("s3:".length()) : text;
  }

  /// The bucket is the first label of the host, or the first part of the path.
  private static String nameOfUrl(String url) {
    String rest = url.substring(url.indexOf("://") + "://".length());
    int slash = rest.indexOf('/');
    String host = (slash < 0 ? rest : rest.substring(0, slash)).replaceFirst(":\\d*$", "");
    String path = slash < 0 ? "" : decoded(rest.substring(slash + 1));
    String lower = host.toLowerCase(Locale.ROOT);
    for (String store : STORES) {
      if (lower.endsWith("." + store)) {
        return host.substring(0, host.length() - store.length() - 1) + "/" + path;
      }
    }
    int amazon = lower.endsWith(".amazonaws.com") ? lower.indexOf(".s3") : -1;
    return amazon > 0 ? host.substring(0, amazon) + "/" + path : path;
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path; // a percent sign that encodes nothing
    }
  }
}
