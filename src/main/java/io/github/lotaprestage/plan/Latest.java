package io.github.lotaprestage.plan;

import java.util.Locale;
import java.util.Optional;

/// Which checkpoints to stage: the newest complete ones below each prefix.
///
/// @param count how many below each prefix, at least 1
/// @param layout the framework that wrote them
/// @param by what decides which is newer
/// @param requiredChild a checkpoint is complete if it contains this object or directory; empty to
///   decide by the layout
public record Latest(int count, Layout layout, By by, Optional<String> requiredChild) {

  /// Who named the checkpoints. `AUTO` recognises the layout by the names below the prefix.
  public enum Layout {
    AUTO,
    MEGATRON,
    MEGATRON_BRIDGE,
    DEEPSPEED,
    VERL,
    NANOTRON,
    TRANSFORMERS,
    ACCELERATE,
    TORCHTITAN,
    TORCHTUNE,
    ORBAX,
    LEVANTER,
    OLMO_CORE,
    COMPOSER,
    DCP,
    NEMO_RL,
    NEMO,
    LIGHTNING,
    RAY,
    NUMBERED;

    /// As it is written on the command line.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// What decides which checkpoint is newer.
  public enum By {
    /// The rule of the layout, tracker files included.
    AUTO,
    /// The numbers in the names.
    NAME,
    /// The time of the newest object in each.
    MODIFIED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
