package io.github.lotaprestage.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Gives SLF4J a Logback that is silent until [Logging] starts it. Logback's own provider searches
/// every jar for configuration and delays the start. The launcher names this provider in
/// `slf4j.provider`.
public final class LogProvider implements SLF4JServiceProvider {

  private final LoggerContext loggers = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new LogbackMDCAdapter();

  @Override
  public void initialize() {
    loggers.setMDCAdapter(mdc);
    loggers.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
