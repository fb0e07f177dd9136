package io.github.lotaprestage.s3.config;

/// A URL for messages, without the parts that may be secret: user, password, query and fragment.
public final class ShownUrl {

  private static final String HIDDEN = "***@";

  private ShownUrl() {}

  /// @param url any text that somebody used as a URL. A password may hold every character, so all
  ///   of the text between the scheme and the last `@` is hidden
  public static String of(String url) {
    int scheme = url.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + "://".length();
    int at = url.lastIndexOf('@');
    String shown = at < from ? url : url.substring(0, from) + HIDDEN + url.substring(at + 1);
    for (int i = 0; i < shown.length(); i++) {
      if (shown.charAt(i) == '?' || shown.charAt(i) == '#') {
        return shown.substring(0, i);
      }
    }
    return shown;
  }
}
