package io.github.lotaprestage.contract;

import io.github.lotaprestage.fixture.S3ProxyServer;
import io.github.lotaprestage.fixture.TestStore;
import org.junit.jupiter.api.AfterAll;

class S3ProxyContractTest extends StagingContract {

  private static final S3ProxyServer SERVER = new S3ProxyServer();

  static {
    SERVER.createBucket("bucket");
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  @Override
  TestStore store() {
    return SERVER;
  }
}
