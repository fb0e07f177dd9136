package io.github.lotaprestage.contract;

import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A store that `scripts/test-stores` has started. It is always filled through radosgw.
final class RealStore implements TestStore {

  /// The system property that names the directory of the stores.
  static final String DIRECTORY = "lota.prestage.stores";

  /// Why tests of these stores are skipped without that property.
  static final String REASON = "radosgw and nginx are not running; scripts/test-stores starts them";

  private final URI endpoint;
  private final S3Client client;
  private final S3Presigner presigner;
  private final HttpClient http = HttpClient.newHttpClient();

  private RealStore(String name) {
    URI radosgw = address("radosgw");
    endpoint = address(name);
    client = TestStore.client(radosgw);
    presigner =
        S3Presigner.builder()
            .endpointOverride(radosgw)
            .region(Region.US_EAST_1)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();
  }

  static RealStore radosgw() {
    return new RealStore("radosgw");
  }

  /// radosgw behind nginx.
  static RealStore nginx() {
    return new RealStore("cache");
  }

  private static URI address(String name) {
    return URI.create("http://127.0.0.1:" + port(name));
  }

  /// @param name a key of `ports.properties`, which the script writes
  static String port(String name) {
    Properties ports = new Properties();
    try (Reader in = Files.newBufferedReader(directory().resolve("ports.properties"))) {
      ports.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ports.getProperty(name);
  }

  static Path directory() {
    return Path.of(System.getProperty(DIRECTORY));
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public S3Client client() {
    return client;
  }

  /// Sends the key as it is: the SDK's own HTTP client rewrites some keys (`a//b`), and radosgw
  /// answers its PUT of an empty object with 400.
  @Override
  public void put(String bucket, String key, byte[] content, String contentType) {
    PutObjectRequest put =
        PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType).build();
    try {
      URI url =
          URI.create(
              presigner
                  .presignPutObject(
                      sign -> sign.signatureDuration(Duration.ofMinutes(5)).putObjectRequest(put))
                  .url()
                  .toString());
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(url)
                  .header("Content-Type", contentType)
                  .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("PUT " + key + ": " + answer + " " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Lets everybody read and list a bucket: nginx fills its cache with unsigned requests.
  void publish(String bucket) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
         "Action": ["s3:GetObject", "s3:ListBucket"],
         "Resource": ["arn:aws:s3:::BUCKET", "arn:aws:s3:::BUCKET/*"]}]}
        """
            .replace("BUCKET", bucket);
    client.putBucketPolicy(request -> request.bucket(bucket).policy(policy));
  }

  @Override
  public void close() {
    client.close();
    presigner.close();
    http.close();
  }
}
