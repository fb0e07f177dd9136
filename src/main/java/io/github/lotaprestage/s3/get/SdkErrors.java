package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.errors.S3Errors;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns failures of the SDK into those of this program.
final class SdkErrors {

  private SdkErrors() {}

  /// Calls the SDK.
  ///
  /// @throws RequestFailedException for every failure that the SDK reports
  /// @throws InterruptedException if the thread was interrupted
  static <T> T call(Supplier<T> sdkCall) throws RequestFailedException, InterruptedException {
    try {
      return sdkCall.get();
    } catch (AbortedException e) {
      throw S3Errors.interrupted(e);
    } catch (SdkException e) {
      if (Thread.interrupted()) {
        throw S3Errors.interrupted(e);
      }
      throw describe(e);
    } catch (RuntimeException e) { // what the SDK's parsers throw at hostile answers
      throw new RequestFailedException(
          Failure.local(Failure.Kind.TRANSIENT, "MalformedAnswer", "the answer cannot be read"), e);
    }
  }

  private static RequestFailedException describe(SdkException e) {
    if (e instanceof AwsServiceException answer && answer.statusCode() > 0) {
      Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
      return S3Errors.explained(
          answer.statusCode(),
          text(details, AwsErrorDetails::errorCode),
          text(details, AwsErrorDetails::errorMessage),
          answer.requestId(),
          header(details, "Retry-After"),
          header(details, "Location"),
          e);
    }
    return S3Errors.unanswered(e);
  }

  private static @Nullable String text(
      Optional<AwsErrorDetails> details, Function<AwsErrorDetails, @Nullable String> field) {
    return details.map(field).filter(text -> !text.isBlank()).orElse(null);
  }

  private static @Nullable String header(Optional<AwsErrorDetails> details, String name) {
    return details
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader(name))
        .orElse(null);
  }
}
