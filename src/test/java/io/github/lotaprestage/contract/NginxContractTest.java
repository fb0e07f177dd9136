package io.github.lotaprestage.contract;

import io.github.lotaprestage.fixture.TestStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = RealStore.DIRECTORY,
    matches = ".+",
    disabledReason = RealStore.REASON)
class NginxContractTest extends StagingContract {

  @SuppressWarnings("NullAway.Init")
  private static RealStore store;

  @BeforeAll
  static void createBucket() {
    store = RealStore.nginx();
    store.createBucket("bucket");
    store.publish("bucket");
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  TestStore store() {
    return store;
  }
}
