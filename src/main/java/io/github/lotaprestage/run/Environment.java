package io.github.lotaprestage.run;

import java.util.HashMap;
import java.util.Map;

/// The environment of the whole program: values lose surrounding white space (a Secret made from a
/// file often ends with a line end), and empty variables are removed.
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
