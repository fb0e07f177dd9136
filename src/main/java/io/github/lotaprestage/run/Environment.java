package io.github.lotaprestage.run;

import java.util.HashMap;
import java.util.Map;

/// The environment as the whole program sees it: values without surrounding white space (a Secret
/// made from a file often ends with a line end), and nothing that is empty.
final class Environment {

  private Environment() {}

  static Map<String, String> of(Map<String, String> raw) {
    Map<String, String> env = HashMap.newHashMap(raw.size());
    for (Map.Entry<String, String> variable : raw.entrySet()) {
      String value = variable.getValue().strip();
      if (!value.isEmpty()) {
        env.put(variable.getKey(), value);
      }
    }
    return Map.copyOf(env);
  }
}
