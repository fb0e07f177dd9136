package io.github.lotaprestage.contract;

import io.github.lotaprestage.fixture.TestStore;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.s3.S3Client;

/// Skipped where there is no Docker.
@Testcontainers(disabledWithoutDocker = true)
class MinioContractTest extends StagingContract {

  @Container
  private static final MinIOContainer CONTAINER =
      new MinIOContainer(
              DockerImageName.parse("quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z")
                  .asCompatibleSubstituteFor("minio/minio"))
          .withUserName(TestStore.ACCESS_KEY)
          .withPassword(TestStore.SECRET_KEY);

  private static final class Minio implements TestStore {
    private final S3Client client = TestStore.client(endpoint());

    @Override
    public URI endpoint() {
      return URI.create(CONTAINER.getS3URL());
    }

    @Override
    public S3Client client() {
      return client;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @SuppressWarnings("NullAway.Init")
  private static Minio server;

  @BeforeAll
  static void startServer() {
    server = new Minio();
    server.createBucket("bucket");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  TestStore store() {
    return server;
  }
}
