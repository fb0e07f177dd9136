package io.github.lotaprestage.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/// Configures the log in code.
///
/// Libraries are never logged below WARN, because their debug output contains session tokens.
public final class Logging {

  /// How much of our own is logged.
  public enum Verbosity {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Logging() {}

  /// Takes lines of the log.
  public interface Lines {
    /// @param level in lower case
    void log(String level, String text);
  }

  /// Sends log lines to `lines` from now on.
  public static void start(Verbosity verbosity, Lines lines) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Level level = Level.toLevel(verbosity.name());
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.log(
                event.getLevel().toString().toLowerCase(Locale.ROOT), event.getFormattedMessage());
          }
        };
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(appender);
    root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    context.getLogger("io.github.lotaprestage").setLevel(level);
  }
}
