package io.github.lotaprestage.plan.target;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Everything that the user asked for, in the order in which it counts: an object that several
/// inputs select belongs to the first of them.
///
/// One TARGET with braces stands for several targets, and is one input.
public final class Inputs {

  private final List<Input> all;
  private final Map<Object, Input> owners;

  private Inputs(List<Input> all, Map<Object, Input> owners) {
    this.all = all;
    this.owners = owners;
  }

  /// All inputs, by their index.
  public List<Input> all() {
    return all;
  }

  /// Whether all objects belong to one input.
  public boolean isOne() {
    return all.size() == 1;
  }

  /// The input that a target of the plan belongs to.
  public Input of(Target target) {
    return owner(target);
  }

  /// The input that is a key list of the plan.
  public Input of(KeyList list) {
    return owner(list);
  }

  /// The input that is a manifest of the plan.
  public Input of(Manifest manifest) {
    return owner(manifest);
  }

  private Input owner(Object owned) {
    return isOne() ? all.getFirst() : Objects.requireNonNull(owners.get(owned));
  }

  /// Collects inputs in their order. Hash codes of records are generated at run time, which delays
  /// the start, so nothing is hashed before the second one.
  public static final class Builder {
    private final List<Object> owned = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Input.Kind> kinds = new ArrayList<>();

    /// @param text what the user typed
    public Builder add(Target target, String text) {
      return add(target, text, Input.Kind.TARGET);
    }

    public Builder add(KeyList list) {
      String option =
          list.format() == KeyList.Format.KEYS_WITH_NUL ? "--files-from0 " : "--files-from ";
      return add(list, option + list.file(), Input.Kind.LIST);
    }

    public Builder add(Manifest manifest) {
      return add(manifest, "--manifest " + manifest.location(), Input.Kind.MANIFEST);
    }

    private Builder add(Object each, String name, Input.Kind kind) {
      owned.add(each);
      names.add(name);
      kinds.add(kind);
      return this;
    }

    public Inputs build() {
      if (owned.size() == 1) {
        return new Inputs(List.of(new Input(0, names.getFirst(), kinds.getFirst())), Map.of());
      }
      Map<String, Input> byName = new HashMap<>();
      Map<Object, Input> owners = new HashMap<>();
      List<Input> all = new ArrayList<>();
      for (int i = 0; i < owned.size(); i++) {
        Input input = byName.get(names.get(i));
        if (input == null) {
          input = new Input(all.size(), names.get(i), kinds.get(i));
          byName.put(names.get(i), input);
          all.add(input);
        }
        owners.putIfAbsent(owned.get(i), input);
      }
      return new Inputs(List.copyOf(all), owners);
    }
  }
}
